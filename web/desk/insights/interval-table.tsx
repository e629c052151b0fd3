import type * as z from 'zod'
import type { ArithmeticInterval } from '#contract/insights.ts'
import { reasonWords } from '../inbox/conversation/event-words.ts'
import { t } from '../messages/translate.ts'
import { exactTime } from '../ui/time-words.ts'
import css from './arithmetic.module.css'
import { exactSpan, wholeSeconds } from './exact-span.ts'

type Part = z.infer<typeof ArithmeticInterval>
type Props = { title: string; parts: readonly Part[]; total: { calendarMs: number; businessMs: number } }

/** To the second, as the sums are; the year and the weekday on hover. */
const instants = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Intervals with start, end, what began them and both clocks, closed by the sum. */
export function IntervalTable({ title, parts, total }: Props) {
  const calendar = wholeSeconds(parts.map(({ calendarMs }) => calendarMs))
  const business = wholeSeconds(parts.map(({ businessMs }) => businessMs))
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <caption className={css.caption}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('arithmetic.interval')}</th>
            <th scope="col" data-align="right">
              {t('behind.calendar')}
            </th>
            <th scope="col" data-align="right">
              {t('behind.business')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, at) => (
            <tr key={`${part.from}${part.kind}`}>
              <td>
                <div className={css.kind} data-kind={part.kind}>
                  {t(`interval.${part.kind}`)}
                  <span className="muted"> · {reasonWords(part.reason)}</span>
                </div>
                <div className="muted num">
                  <Instant at={part.from} /> – {part.open ? t('arithmetic.stillOpen') : <Instant at={part.to} />}
                </div>
                {part.withoutQuestion && <div className="muted">{t('arithmetic.withoutQuestion')}</div>}
              </td>
              <td data-align="right">{exactSpan(calendar[at] ?? 0)}</td>
              <td data-align="right">{exactSpan(business[at] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('arithmetic.sum')}</th>
            <td data-align="right">{exactSpan(Math.round(total.calendarMs / 1000))}</td>
            <td data-align="right">{exactSpan(Math.round(total.businessMs / 1000))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Instant({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(Date.parse(at))}>
      {instants.format(Date.parse(at))}
    </time>
  )
}
