import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/**
 * What of a ticket's mail still wants its owner: an unknown delivery until it is settled; a reply that failed, bounced or
 * missed somebody until a later reply got through; automatic mail that no server took, until a later mail of either kind did.
 * Automatic mail that came back wants nobody: the address says so.
 */
export async function settleAttention(desk: Desk, ticketId: Id<'tkt'>): Promise<void> {
  await desk.connection.query({
    name: 'settle-attention',
    text: `update tickets t set attention = a.attention, updated_at = $2, version = version + 1
      from (select case
        when exists (select from deliveries d where d.ticket_id = $1 and d.state = 'unknown') then 'delivery_unknown'
        when exists (
          select from deliveries d join messages m on m.id = d.message_id
          where d.ticket_id = $1 and m.kind in ('reply', 'auto')
            and (d.state = 'failed' or d.state = 'bounced' and m.kind = 'reply' or d.state = 'sent' and d.refused <> '{}')
            and not exists (select from deliveries l join messages n on n.id = l.message_id where l.ticket_id = $1
              and (n.kind = 'reply' or m.kind = 'auto') and l.state = 'sent' and l.refused = '{}' and l.created_at > d.created_at)
        ) then 'delivery_failed' end as attention) a
      where t.id = $1 and t.attention is distinct from a.attention`,
    values: [uuidOf(ticketId), desk.now().toString()],
  })
}
