import type { TicketArithmetic } from '#contract/insights.ts'
import { t } from '../../messages/translate.ts'
import { exactTime } from '../../ui/time-words.ts'
import css from './clock-intervals.module.css'
import { span } from './span.ts'
import { reasonWords } from '../conversation/event-words.ts'

/** Each interval with its start, reason and length on both clocks, and the sums by whom they waited on. */
export function ClockIntervals({ arithmetic }: { arithmetic: TicketArithmetic }) {
  const { intervals, totals } = arithmetic
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t('clock.interval')}</th>
          <th scope="col" data-align="right">
            {t('clock.calendar')}
          </th>
          <th scope="col" data-align="right">
            {t('clock.business')}
          </th>
        </tr>
      </thead>
      <tbody>
        {intervals.map((interval) => (
          <tr key={`${interval.from}${interval.kind}`}>
            <td>
              <div>
                {t(`interval.${interval.kind}`)}
                {interval.open && <span className={css.open}> {t('clock.open')}</span>}
              </div>
              <div className={css.detail}>
                {exactTime(Date.parse(interval.from))} · {reasonWords(interval.reason)}
                {interval.withoutQuestion && ` · ${t('clock.withoutQuestion')}`}
              </div>
            </td>
            <td data-align="right">{span(interval.calendarMs)}</td>
            <td data-align="right">{span(interval.businessMs)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {totals.map((total) => (
          <tr key={total.kind}>
            <th scope="row">{t('clock.sum', { kind: t(`interval.${total.kind}`) })}</th>
            <td data-align="right">{span(total.calendarMs)}</td>
            <td data-align="right">{span(total.businessMs)}</td>
          </tr>
        ))}
      </tfoot>
    </table>
  )
}
