import type { Verification } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTickets } from '../visible.ts'

export type TicketRequesterFacts = {
  ticketNumber: number
  contactId: Id<'con'>
  /** Of the newest message the requester wrote; null when nobody has written. */
  sender: {
    value: string
    verified: Verification
    auth?: { spf: string; dkim: string; dmarc: string; aligned?: boolean }
    signedIn: boolean
  } | null
}

/** Who asks in a ticket that the actor may see, by the newest mail the requester wrote, and how that address is verified. */
export async function ticketRequester(desk: Desk, ticketId: Id<'tkt'>): Promise<TicketRequesterFacts | undefined> {
  const { rows } = await desk.connection.query<{ number: number; requester_id: string }>({
    name: 'requester-of-ticket',
    text: `select t.number, t.requester_id from tickets t where t.id = $1 and ${visibleTickets('t', 2)}`,
    values: [uuidOf(ticketId), teamsOf(desk.actor)],
  })
  const ticket = rows[0]
  if (!ticket) return undefined
  const contactId = idOf('con', ticket.requester_id)
  return { ticketNumber: ticket.number, contactId, sender: await newestSender(desk, ticketId, contactId) }
}

type SenderRow = {
  value: string
  verified: Verification | null
  auth: { spf: string; dkim: string; dmarc: string; aligned: boolean } | null
}

async function newestSender(
  desk: Desk,
  ticketId: Id<'tkt'>,
  contactId: Id<'con'>,
): Promise<TicketRequesterFacts['sender']> {
  const { rows } = await desk.connection.query<SenderRow>({
    name: 'newest-sender',
    text: `select m.value, i.verified, m.auth from (
        select lower(from_address ->> 'email') as value, auth from messages
        where ticket_id = $1 and kind = 'inbound' and channel = 'email' and author_id = $2
          and not flags && array['auto_reply', 'bounce']
        order by created_at desc, id desc limit 1
      ) m left join contact_identities i on i.kind = 'email' and i.value = m.value and i.contact_id = $3`,
    values: [uuidOf(ticketId), contactId, uuidOf(contactId)],
  })
  const row = rows[0]
  if (!row?.value) return null
  return {
    value: row.value,
    verified: row.verified ?? 'none',
    ...(row.auth ? { auth: row.auth } : {}),
    signedIn: false,
  }
}

/** The numbers of those tickets that the actor may see. */
export async function ticketNumbers(desk: Desk, ticketIds: readonly Id<'tkt'>[]): Promise<Map<Id<'tkt'>, number>> {
  if (ticketIds.length === 0) return new Map()
  const { rows } = await desk.connection.query<{ id: string; number: number }>({
    name: 'ticket-numbers',
    text: `select t.id, t.number from tickets t where t.id = any($1::uuid[]) and ${visibleTickets('t', 2)}`,
    values: [ticketIds.map(uuidOf), teamsOf(desk.actor)],
  })
  return new Map(rows.map((row) => [idOf('tkt', row.id), row.number]))
}
