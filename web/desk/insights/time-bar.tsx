import type { TicketArithmetic } from '#contract/insights.ts'
import { span } from '../inbox/ticket/span.ts'
import { t } from '../messages/translate.ts'
import css from './arithmetic.module.css'

/** Whose turn it was for how long, drawn to scale and named below. */
export function TimeBar({ totals }: { totals: TicketArithmetic['totals'] }) {
  const shown = totals.filter(({ calendarMs }) => calendarMs > 0)
  if (shown.length === 0) return null
  return (
    <figure className={css.timeline} aria-label={t('arithmetic.timeline')}>
      <div className={css.bar} aria-hidden>
        {shown.map(({ kind, calendarMs }) => (
          <span key={kind} className={css.piece} data-kind={kind} style={{ flexGrow: calendarMs }} />
        ))}
      </div>
      <figcaption className={css.legend}>
        {shown.map(({ kind, calendarMs, businessMs }) => (
          <span key={kind} className={css.kind} data-kind={kind}>
            {t(`interval.${kind}`)} {span(calendarMs)}
            <span className="muted"> ({span(businessMs)})</span>
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
