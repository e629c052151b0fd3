import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/**
 * The sender of a mail turned out not to be who they say. The mail stays where it is, because a relay that changes mail fails
 * the same proof and nothing a customer wrote may vanish; but it is marked, nothing is answered to it unless an agent says
 * so, and whoever came into the ticket by it alone goes out again, so that nobody can write themselves into a conversation.
 */
export async function distrust(desk: Desk, messageId: Id<'msg'>, ticketId: Id<'tkt'>): Promise<void> {
  await desk.connection.query({
    name: 'mark-spoofed',
    text: `update messages set flags = array_append(flags, 'spoofed') where id = $1 and not 'spoofed' = any(flags)`,
    values: [uuidOf(messageId)],
  })
  const { rowCount } = await desk.connection.query({
    name: 'drop-spoofed-people',
    text: `delete from ticket_participants p using messages m where m.id = $1 and p.ticket_id = $2 and p.kind = 'cc'
      and (p.email = lower(m.from_address ->> 'email')
        or exists (select from jsonb_array_elements(m.to_addresses || m.cc_addresses) a where lower(a ->> 'email') = p.email))
      and not exists (
        select from messages o where o.ticket_id = $2 and o.id <> m.id and not 'spoofed' = any(o.flags)
          and (lower(o.from_address ->> 'email') = p.email
            or exists (select from jsonb_array_elements(o.to_addresses || o.cc_addresses) a where lower(a ->> 'email') = p.email)))`,
    values: [uuidOf(messageId), uuidOf(ticketId)],
  })
  await desk.emit({ type: 'message.distrusted', ticketId, data: { messageId, removed: rowCount ?? 0 } })
}
