import { Tooltip } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { LedgerEvent } from '#contract/events.ts'
import { t } from '../../messages/translate.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { exactTime } from '../../ui/time-words.ts'
import { correctionTypes } from '../correct/correcting.ts'
import css from './event-lines.module.css'
import { eventWords, type Names } from './event-words.ts'

const CorrectionLine = lazy(() =>
  import('../correct/correction-line.tsx').then(({ CorrectionLine }) => ({ default: CorrectionLine })),
)

type Props = { events: readonly LedgerEvent[]; names: Names }

/** What the desk did between two messages, a thin line each; more than two fold into one. */
export function EventLines({ events, names }: Props) {
  const [open, setOpen] = useState(false)
  const folded = events.length > 2 && !open
  const last = events.at(-1)
  // What put messages elsewhere is never folded: its line is the way back.
  const shown = folded ? events.filter((event) => event === last || correctionTypes.has(event.type)) : events
  const hidden = events.length - shown.length
  return (
    <ul className={css.lines} aria-label={t('event.list')}>
      {hidden > 0 && (
        <li className={css.line}>
          <button type="button" className={css.more} onClick={() => setOpen(true)}>
            {t('event.more', { count: hidden })}
          </button>
        </li>
      )}
      {shown.map((event) => (
        <li key={event.id} className={css.line}>
          <Tooltip label={exactTime(Date.parse(event.occurredAt))}>
            <span>
              {correctionTypes.has(event.type) ? (
                <Suspense fallback={eventWords(event, names)}>
                  <CorrectionLine event={event} words={eventWords(event, names)} />
                </Suspense>
              ) : (
                eventWords(event, names)
              )}
            </span>
          </Tooltip>
          <RelativeTime at={event.occurredAt} />
        </li>
      ))}
    </ul>
  )
}
