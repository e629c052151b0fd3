import type * as z from 'zod'
import type { Draft } from '#contract/drafts.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { StoredAddress } from '../tables.ts'
import { presentAttachment } from './message-view.ts'
import { requireVisible } from './read-ticket.ts'

type Row = {
  kind: 'reply' | 'note'
  html: string
  to_addresses: StoredAddress[] | null
  cc_addresses: StoredAddress[] | null
  updated_at: Temporal.Instant
  files: { id: string; name: string; type: string; size: number; inline: boolean }[] | null
}

/** The asking agent's own draft on a ticket, with the files that wait to go with it. */
export async function readDraft(desk: Desk, ticketId: Id<'tkt'>): Promise<{ draft: z.infer<typeof Draft> | null }> {
  await requireVisible(desk, ticketId)
  if (!desk.actor.agentId) return { draft: null }
  const { rows } = await desk.connection.query<Row>({
    name: 'read-draft',
    text: `select d.kind, d.html, d.to_addresses, d.cc_addresses, d.updated_at,
        (select json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'inline', f.inline) order by f.created_at)
           from attachments f where f.ticket_id = d.ticket_id and f.message_id is null and f.id = any(d.attachment_ids::uuid[])) as files
      from drafts d where d.ticket_id = $1 and d.agent_id = $2`,
    values: [uuidOf(ticketId), uuidOf(desk.actor.agentId)],
  })
  const row = rows[0]
  if (!row) return { draft: null }
  return {
    draft: {
      kind: row.kind,
      html: row.html,
      to: row.to_addresses,
      cc: row.cc_addresses,
      attachments: (row.files ?? []).map((file) => presentAttachment(desk, file)),
      updatedAt: row.updated_at.toString(),
    },
  }
}
