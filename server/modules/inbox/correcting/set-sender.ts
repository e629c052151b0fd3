import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { LockedTicket } from '../store/tickets.ts'

export type Sender = { id: Id<'con'>; accountId: Id<'acc'> | null; segment: 'consumer' | 'enterprise' }

/** Makes a contact the requester of a ticket and the author of some of its messages. */
export async function setSender(
  desk: Desk,
  ticket: LockedTicket,
  sender: Sender,
  messageIds: readonly string[],
  names: 'contact' | 'mail',
): Promise<void> {
  await desk.connection.query({
    name: 'set-requester',
    text: `update tickets set requester_id = $2, account_id = $3, segment = $4, updated_at = $5, version = version + 1
      where id = $1`,
    values: [
      uuidOf(ticket.id),
      uuidOf(sender.id),
      sender.accountId && uuidOf(sender.accountId),
      sender.segment,
      desk.now().toString(),
    ],
  })
  await desk.connection.query({
    name: `set-authors-${names}`,
    text: `update messages m set author_id = $2,
        author_name = ${names === 'mail' ? `coalesce(nullif(m.from_address ->> 'name', ''), c.name)` : 'c.name'}
      from contacts c where c.id = $3 and m.id = any($1::uuid[])`,
    values: [messageIds.map(uuidOf), sender.id, uuidOf(sender.id)],
  })
  ticket.contactId = sender.id
  ticket.accountId = sender.accountId
}

/** The address that the customer's messages of a ticket came from last; null where none came by mail. */
export async function addressOf(desk: Desk, messageIds: readonly string[]): Promise<string | null> {
  const { rows } = await desk.connection.query<{ email: string | null }>({
    name: 'address-of-messages',
    text: `select lower(from_address ->> 'email') as email from messages where id = any($1::uuid[])
      order by created_at desc, id desc limit 1`,
    values: [messageIds.map(uuidOf)],
  })
  return rows[0]?.email ?? null
}
