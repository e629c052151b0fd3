import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { teamsOf, visibleTickets } from '#modules/inbox/index.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { TicketFacts } from '../rules/facts.ts'
import { unpackFacts, type StoredFacts } from '../stored-facts.ts'

/** Tickets that were there at some time of the span, for whoever asks. */
export type FactsQuery = { from: Temporal.Instant; to: Temporal.Instant; teamId?: Id<'tea'> | undefined }

type Row = { ticket_id: string; created_at: Temporal.Instant; facts: StoredFacts }

/** Small enough that other requests hardly wait for one of them. */
const chunk = 100

const condition = `${visibleTickets('t', 1)} and ($2::uuid is null or t.team_id = $2)
  and f.created_at <= $3 and f.ended_at >= $4`

function conditionValues(desk: Desk, { from, to, teamId }: FactsQuery): unknown[] {
  return [teamsOf(desk.actor), teamId ? uuidOf(teamId) : null, to.toString(), from.toString()]
}

/** All of them, a part at a time, so that everybody else is served in between. */
export async function* factsIn(desk: Desk, query: FactsQuery): AsyncGenerator<TicketFacts[]> {
  const { rows } = await desk.connection.query<{ ticket_id: string }>({
    name: 'facts-in-span',
    text: `select f.ticket_id from ticket_facts f join tickets t on t.id = f.ticket_id where ${condition}`,
    values: conditionValues(desk, query),
  })
  for (let at = 0; at < rows.length; at += chunk) {
    const part = await desk.connection.query<Row>({
      name: 'facts-of-tickets',
      text: 'select ticket_id, created_at, facts from ticket_facts where ticket_id = any($1::uuid[])',
      values: [rows.slice(at, at + chunk).map((row) => row.ticket_id)],
    })
    yield part.rows.map((row) => unpackFacts(idOf('tkt', row.ticket_id), row.facts))
  }
}

export type FactsPlace = { createdAt: string; ticketId: Id<'tkt'> }

/** The same in the order of creation from a place on, that place included. */
export async function* factsFrom(
  desk: Desk,
  query: FactsQuery,
  order: 'newest' | 'oldest',
  start: FactsPlace | undefined,
): AsyncGenerator<{ place: FactsPlace; facts: TicketFacts }[]> {
  const [sign, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  let place = start
  let inclusive = '='
  for (;;) {
    const { rows } = await desk.connection.query<Row>({
      name: `facts-${order}${inclusive ? '-from' : '-after'}`,
      text: `select f.ticket_id, f.created_at, f.facts from ticket_facts f join tickets t on t.id = f.ticket_id
        where ${condition}
          and ($5::timestamptz is null or (f.created_at, f.ticket_id) ${sign}${inclusive} ($5::timestamptz, $6::uuid))
        order by f.created_at ${direction}, f.ticket_id ${direction} limit ${chunk}`,
      values: [...conditionValues(desk, query), place?.createdAt ?? null, place ? uuidOf(place.ticketId) : null],
    })
    const part = rows.map((row) => {
      const ticketId = idOf('tkt', row.ticket_id)
      return { place: { createdAt: row.created_at.toString(), ticketId }, facts: unpackFacts(ticketId, row.facts) }
    })
    yield part
    if (part.length < chunk) return
    place = part.at(-1)?.place
    inclusive = ''
  }
}
