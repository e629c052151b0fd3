import '../messages/rooms/insights.ts'
import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TicketArithmetic } from '#contract/insights.ts'
import type { KpiId } from '#contract/kpi.ts'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { exactTime } from '../ui/time-words.ts'
import css from './arithmetic.module.css'
import { IntervalTable } from './interval-table.tsx'
import { arithmeticQuery } from './queries.ts'
import { TimeBar } from './time-bar.tsx'

type Measure = TicketArithmetic['measures'][number]['measure']

/** Which of a ticket's measures a figure is made of. */
const measureOf: Partial<Record<KpiId, Measure>> = {
  first_reply_human: 'first_reply_human',
  resolution_first: 'resolution_first',
  resolution_last: 'resolution_last',
  solved: 'cycle',
  reopened: 'cycle',
  one_touch: 'cycle',
  csat: 'cycle',
}

/** The intervals of one ticket and how its figures add up from them; the figure it was opened from stands first. */
export function ArithmeticDrawer({ ticketId, kpi, onClose }: { ticketId: string; kpi: KpiId; onClose: () => void }) {
  const arithmetic = useQuery(arithmeticQuery(ticketId))
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={680}
      title={t('arithmetic.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Loaded query={arithmetic}>{(found) => <Arithmetic found={found} first={measureOf[kpi]} />}</Loaded>
    </Drawer>
  )
}

function Arithmetic({ found, first }: { found: TicketArithmetic; first: Measure | undefined }) {
  const [shown, ...others] = found.measures.toSorted(
    (a, b) => Number(b.measure === first) - Number(a.measure === first),
  )
  const calendarMs = found.intervals.reduce((sum, part) => sum + part.calendarMs, 0)
  const businessMs = found.intervals.reduce((sum, part) => sum + part.businessMs, 0)
  return (
    <div className={css.stack}>
      <p className={css.lead}>
        {t('arithmetic.asOf', { at: exactTime(Date.parse(found.asOf)) })}{' '}
        <Link className="link" href={paths.ticket(found.ticketId)}>
          {t('arithmetic.openTicket')}
        </Link>
      </p>
      <TimeBar totals={found.totals} />
      {!shown && <p className="muted">{t('arithmetic.none')}</p>}
      {shown && <MeasureTable measure={shown} />}
      <IntervalTable title={t('arithmetic.all')} parts={found.intervals} total={{ calendarMs, businessMs }} />
      {others.length > 0 && (
        <details className={css.others}>
          <summary>{t('arithmetic.others', { count: others.length })}</summary>
          <div className={css.stack}>
            {others.map((measure) => (
              <MeasureTable key={`${measure.measure}${measure.cycle ?? ''}`} measure={measure} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}

function MeasureTable({ measure }: { measure: TicketArithmetic['measures'][number] }) {
  const title =
    measure.measure === 'cycle' ? t('measure.cycle', { cycle: measure.cycle ?? 1 }) : t(`measure.${measure.measure}`)
  return <IntervalTable title={title} parts={measure.parts} total={measure} />
}
