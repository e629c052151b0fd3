import type { KpiTicket } from '#contract/insights.ts'
import type { KpiId } from '#contract/kpi.ts'
import { deskNow } from '../clock.ts'
import { t } from '../messages/translate.ts'
import { paths, type ReportSearch } from '../paths.ts'
import type { Column } from '../ui/data-table.tsx'
import { Link } from '../ui/link.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { exactTime, momentOf } from '../ui/time-words.ts'
import css from './behind-columns.module.css'
import { exactSpan, wholeSeconds } from './exact-span.ts'
import { exclusionWords } from './figure-words.ts'

/** Figures that count tickets or shares: their lines carry no times. */
const untimed: ReadonlySet<KpiId> = new Set(['csat', 'solved', 'one_touch'])

/** The columns of a figure's tickets; times open the arithmetic they come from. */
export function behindColumns(kpi: KpiId, search: ReportSearch): Column<KpiTicket>[] {
  const rated = kpi === 'csat'
  const timed = !untimed.has(kpi)
  const columns: (Column<KpiTicket> | false)[] = [
    {
      key: 'ticket',
      header: t('behind.ticket'),
      cell: ({ ticketId, number, subject, cycle }) => (
        <span className={css.ticket} title={subject}>
          <Link className="link" href={paths.ticket(ticketId)}>
            #{number}
          </Link>{' '}
          {subject}
          {cycle !== null && cycle > 1 && <span className="muted"> · {t('behind.cycle', { cycle })}</span>}
        </span>
      ),
    },
    {
      key: 'counted',
      header: t('behind.counted'),
      width: '136px',
      cell: ({ counted, reason }) =>
        counted ? (
          <StatusBadge quiet tone="done">
            {t('behind.counted')}
          </StatusBadge>
        ) : (
          <span className="muted">{reason && exclusionWords(reason)}</span>
        ),
    },
    { key: 'from', header: t('behind.from'), width: '104px', wide: true, cell: ({ from }) => at(from) },
    { key: 'to', header: t('behind.to'), width: '104px', wide: true, cell: ({ to }) => at(to) },
    {
      key: 'who',
      header: t('behind.credited'),
      width: '14%',
      wide: true,
      cell: ({ creditedTo }) => creditedTo?.name,
    },
    rated && {
      key: 'rating',
      header: t('behind.rating'),
      align: 'right',
      width: '72px',
      cell: ({ rating }) => rating !== null && t('behind.rating.of', { rating }),
    },
    timed && {
      key: 'calendar',
      header: t('behind.calendar'),
      align: 'right',
      width: '96px',
      wide: true,
      cell: (row) => time(row.calendarMs),
    },
    {
      key: 'business',
      header: timed ? t('behind.business') : <span className="sr-only">{t('behind.intervals')}</span>,
      align: 'right',
      width: '104px',
      cell: ({ ticketId, number, businessMs }) => (
        <Link
          className={css.open}
          href={paths.figure(kpi, { ...search, ticket: ticketId })}
          title={t('behind.arithmetic', { number: String(number) })}
        >
          {time(businessMs) || t('behind.intervals')}
          <span className="sr-only"> {t('behind.arithmetic', { number: String(number) })}</span>
        </Link>
      ),
    },
  ]
  return columns.filter((column) => column !== false)
}

function at(time: string | null) {
  if (!time) return null
  const instant = Date.parse(time)
  return (
    <time dateTime={time} title={exactTime(instant)} className={css.moment}>
      {momentOf(instant, deskNow())}
    </time>
  )
}

function time(ms: number | null): string {
  return ms === null ? '' : wholeSeconds([ms]).map(exactSpan).join('')
}
