import { hashSecret } from '#platform/secrets.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import type { LockedTicket } from '../store/tickets.ts'

/**
 * Makes the rating of this solve and ties it to the mail that will ask for it. The token in the mail is derived from the
 * rating's id, so it need not be stored; the table keeps its hash. Once per solve, whatever happens.
 */
export async function askForRating(
  desk: Desk,
  ticket: LockedTicket,
  ask: { inMessage: Id<'msg'> },
): Promise<Id<'rat'> | null> {
  const { csat } = await getSettings(desk)
  if (!csat) return null
  const id = newId('rat', desk.now())
  const { rowCount } = await desk.connection.query({
    name: 'ask-for-rating',
    text: `insert into ratings (id, ticket_id, cycle, token_hash, agent_id, asked_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (ticket_id, cycle) do nothing`,
    values: [
      uuidOf(id),
      uuidOf(ticket.id),
      ticket.solveCycle,
      hashSecret(ratingToken(desk, id)),
      ticket.assigneeId ? uuidOf(ticket.assigneeId) : null,
      desk.now().toString(),
    ],
  })
  if (rowCount === 0) return null
  await desk.connection.query({
    name: 'tie-rating',
    text: 'update deliveries set rating_id = $2 where message_id = $1',
    values: [uuidOf(ask.inMessage), uuidOf(id)],
  })
  await desk.emit({
    type: 'csat.asked',
    ticketId: ticket.id,
    contactId: ticket.contactId,
    data: { cycle: ticket.solveCycle },
  })
  return id
}

/** What stands in the mail's rating links. */
export function ratingToken(desk: Desk, id: Id<'rat'>): string {
  return `${id}.${desk.secrets.sign('rating', id)}`
}
