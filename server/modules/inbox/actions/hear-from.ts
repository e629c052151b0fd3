import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/**
 * People wrote these messages, proven by their domains, so their addresses work and want an answer: whatever spoke against
 * them is over. That somebody wants no automatic mail stays. Machines that write from an address prove nothing, nor does a
 * mail that came before the failure. In the caller's transaction.
 */
export async function hearFrom(desk: Desk, messageIds: readonly Id<'msg'>[]): Promise<void> {
  if (messageIds.length === 0) return
  const { rows } = await desk.connection.query<{ ticket_id: string }>({
    name: 'hear-from-addresses',
    text: `update mail_addresses a set state = 'ok', reason = null, status = null, soft_count = 0, soft_since = null,
          since = $2, updated_at = $2
        from messages m where m.id = any($1::uuid[]) and m.kind = 'inbound' and m.author_kind = 'contact'
          and not m.flags && array['auto_reply', 'bounce', 'list', 'complaint']
          and a.email = lower(m.from_address ->> 'email') and a.state <> 'ok'
          and m.created_at > a.since
        returning m.ticket_id`,
    values: [messageIds.map(uuidOf), desk.now().toString()],
  })
  for (const row of rows)
    await desk.emit({ type: 'address.restored', ticketId: idOf('tkt', row.ticket_id), data: { by: 'mail' } })
}
