import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { LockedTicket } from '../store/tickets.ts'

export type Sender = { id: Id<'con'>; accountId: Id<'acc'> | null; segment: 'consumer' | 'enterprise' }

/** Makes a contact the requester of a ticket and the author of some of its messages, under their own name unless another is given. */
export async function setSender(
  desk: Desk,
  ticket: LockedTicket,
  sender: Sender,
  messageIds: readonly string[],
  names: Readonly<Record<string, string>> = {},
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
    name: 'set-authors',
    text: `update messages m set author_id = $3, author_name = coalesce(n.name, c.name)
      from unnest($1::uuid[], $2::text[]) n (id, name), contacts c where c.id = $4 and m.id = n.id`,
    values: [messageIds.map(uuidOf), messageIds.map((id) => names[id] ?? null), sender.id, uuidOf(sender.id)],
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
