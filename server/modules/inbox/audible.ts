import { createDesk, type Actor, type World } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { FollowedEvent } from '#platform/ledger/follow.ts'
import { teamsOf, visibleTeams } from './visible.ts'

/**
 * Of a batch of ledger events, those an actor may hear of: events of tickets of teams that may be seen, also that one was
 * deleted, and of no ticket at all.
 */
export async function audible(world: World, actor: Actor, events: FollowedEvent[]): Promise<FollowedEvent[]> {
  if (actor.visible === 'all') return events
  const tickets = [...new Set(events.flatMap(({ ticketId }) => ticketId ?? []))]
  if (tickets.length === 0) return events
  const { rows } = await createDesk(world, actor).connection.query<{ id: string }>({
    name: 'audible-tickets',
    text: `select t.id from tickets t where t.id = any($1::uuid[]) and ${visibleTeams('t.team_id', 2)}`,
    values: [tickets.map(uuidOf), teamsOf(actor)],
  })
  const seen = new Set(rows.map((row) => row.id))
  return events.filter(({ ticketId }) => !ticketId || seen.has(uuidOf(ticketId)))
}
