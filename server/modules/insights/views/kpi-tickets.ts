import type { KpiTicket, listKpiTickets as endpoint } from '#contract/insights.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import { id, type Id } from '#contract/ids.ts'
import type { KpiId } from '#contract/kpi.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import type { KpiRow } from '../rules/figure.ts'
import { kpiRows } from '../rules/kpi.ts'
import { factsFrom, type FactsPlace } from './read-facts.ts'
import { reportQuery } from './report-query.ts'

type Asked = QueryOf<typeof endpoint>
/** A line and where it stands: its ticket, and which of that ticket's lines it is. */
type Placed = { line: KpiRow; place: FactsPlace; index: number }

/** The lines behind a figure, newest tickets first, the backlog oldest first; reads no more tickets than a page needs. */
export async function kpiTickets(desk: Desk, kpi: KpiId, asked: Asked) {
  const limit = asked.limit ?? 50
  const { query } = await reportQuery(desk, asked)
  const start = parsePlace(asked.cursor)
  const order = kpi === 'backlog' ? 'oldest' : 'newest'
  const found: Placed[] = []
  const span = { from: query.from, to: query.to, teamId: asked.teamId }
  for await (const part of factsFrom(desk, span, order, start?.place)) {
    for (const { place, facts } of part)
      for (const [index, line] of kpiRows(kpi, [facts], query).entries())
        if (!isShown(start, place, index)) found.push({ line, place, index })
    if (found.length > limit) break
  }
  const present = await presenter(desk, found.slice(0, limit))
  return pageOf(found, limit, ({ place, index }) => [place.createdAt, place.ticketId, index], present)
}

type Start = { place: FactsPlace; index: number }

/** The page before ended within this ticket. */
function isShown(start: Start | undefined, place: FactsPlace, index: number): boolean {
  return start !== undefined && place.ticketId === start.place.ticketId && index <= start.index
}

function parsePlace(cursor: string | undefined): Start | undefined {
  const key = decodeCursor(cursor, 3)
  if (!key) return undefined
  const [at, ticket, index] = key
  try {
    const ticketId = id('tkt').parse(ticket)
    if (typeof index !== 'number' || !Number.isSafeInteger(index)) throw new Error('not an index')
    return { place: { createdAt: storableInstant(String(at)).toString(), ticketId }, index }
  } catch {
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  }
}

/** Numbers, subjects and names of one page, in two queries. */
async function presenter(desk: Desk, page: readonly Placed[]): Promise<(placed: Placed) => KpiTicket> {
  const { rows } = await desk.connection.query<{ id: string; number: number; subject: string }>({
    name: 'kpi-ticket-heads',
    text: 'select id, number, subject from tickets where id = any($1::uuid[])',
    values: [page.map(({ line }) => uuidOf(line.ticketId))],
  })
  const heads = new Map(rows.map((row) => [idOf('tkt', row.id), row]))
  const names = await namesOf(desk, [...new Set(page.flatMap(({ line }) => line.creditedTo ?? []))])
  return ({ line }) => {
    const head = heads.get(line.ticketId)
    return {
      ticketId: line.ticketId,
      number: head?.number ?? 0,
      subject: head?.subject ?? '',
      counted: line.counted,
      reason: line.reason,
      from: line.from?.toString() ?? null,
      to: line.to?.toString() ?? null,
      calendarMs: line.calendarMs,
      businessMs: line.businessMs,
      creditedTo: line.creditedTo ? { id: line.creditedTo, name: names.get(line.creditedTo) ?? '' } : null,
      cycle: line.cycle,
      rating: line.rating,
    }
  }
}

/** Agents, and API keys that answer by themselves. */
async function namesOf(desk: Desk, ids: readonly string[]): Promise<Map<string, string>> {
  const uuids = (prefix: string) => ids.filter((one) => one.startsWith(prefix)).map(uuidOf)
  const { rows } = await desk.connection.query<{ kind: 'agt' | 'key'; id: string; name: string }>({
    name: 'kpi-ticket-names',
    text: `select 'agt' as kind, id, name from agents where id = any($1::uuid[])
      union all select 'key', id, name from api_keys where id = any($2::uuid[])`,
    values: [uuids('agt_'), uuids('key_')],
  })
  return new Map<string, string>(rows.map((row): [Id<'agt'> | Id<'key'>, string] => [idOf(row.kind, row.id), row.name]))
}
