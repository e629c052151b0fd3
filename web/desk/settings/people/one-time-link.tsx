import { Button } from '@mantine/core'
import { t } from '../../messages/translate.ts'
import css from '../settings-form.module.css'
import { SecretOnce } from '../secret-once.tsx'

/** The link with which somebody chooses their password. The desk keeps only its hash, so it is shown here or never. */
export function OneTimeLink({ name, url, onDone }: { name: string; url: string; onDone: () => void }) {
  return (
    <div className={css.stack}>
      <p className={css.sub}>{t('people.link.hint', { name })}</p>
      <SecretOnce text={url} label={t('people.link.copy')} />
      <div className={css.buttons}>
        <Button onClick={onDone}>{t('settings.done')}</Button>
      </div>
    </div>
  )
}
