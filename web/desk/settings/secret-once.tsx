import { t } from '../messages/translate.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './settings-form.module.css'

/** A text that is shown this once: it can be copied, and says that it will not come back. */
export function SecretOnce({ text, label }: { text: string; label: string }) {
  return (
    <div>
      <div className={css.secret}>
        <code>{text}</code>
        <CopyText text={text} label={label} />
      </div>
      <div className={css.once}>
        <Notice kind="warn">{t('settings.once')}</Notice>
      </div>
    </div>
  )
}
