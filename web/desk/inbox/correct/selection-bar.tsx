import { Button } from '@mantine/core'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { useShortcut } from '../../shortcuts.ts'
import css from './correct.module.css'
import { type Correcting, setCorrecting } from './correcting.ts'

/** How many messages are chosen, and where they can go. */
export function SelectionBar({ correcting }: { correcting: Correcting }) {
  const count = correcting.chosen.length
  const ask = (asked: 'split' | 'move') => () => setCorrecting({ ...correcting, asked })
  useShortcut({
    keys: 'Escape',
    label: t('correct.stop'),
    run: () => setCorrecting(null),
    hidden: true,
    inFields: true,
  })
  return (
    <section className={css.bar} aria-label={t('correct.bar')}>
      <span className={css.count} role="status">
        {count === 0 ? t('correct.none') : t('correct.chosen', { count })}
      </span>
      <Button size="xs" disabled={count === 0} onClick={ask('split')}>
        {t('correct.split.action')}
      </Button>
      <Button size="xs" variant="default" disabled={count === 0} onClick={ask('move')}>
        {t('correct.move.action')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setCorrecting(null)}>
        {t('ui.cancel')}
      </Button>
    </section>
  )
}
