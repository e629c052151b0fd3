import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import type { InboundAttachment } from '../ports.ts'

/** An attachment whose content is in the blob store, not yet tied to a message. */
export type KeptAttachment = {
  id: Id<'att'>
  hash: string
  name: string
  type: string
  size: number
  contentId: string | null
  inline: boolean
}

/** Stores contents by hash. Safe to repeat: the same bytes are the same blob. */
export async function keepContents(desk: Desk, attachments: readonly InboundAttachment[]): Promise<KeptAttachment[]> {
  const kept: KeptAttachment[] = []
  for (const attachment of attachments) {
    kept.push({
      id: newId('att', desk.now()),
      hash: await desk.blobs.put(attachment.content),
      name: attachment.name,
      type: attachment.type,
      size: attachment.size,
      contentId: attachment.contentId ?? null,
      inline: attachment.inline,
    })
  }
  return kept
}

/** Ties kept attachments to their ticket and message. */
export async function insertAttachments(
  desk: Desk,
  ticketId: Id<'tkt'>,
  messageId: Id<'msg'> | null,
  attachments: readonly KeptAttachment[],
): Promise<void> {
  if (attachments.length === 0) return
  await desk.connection.query({
    name: 'insert-attachments',
    text: `insert into attachments (id, ticket_id, message_id, hash, name, type, size, content_id, inline, created_at)
      select a.id, $1, $2, a.hash, a.name, a.type, a.size, a.content_id, a.inline, $3
      from jsonb_to_recordset($4::jsonb) as a(id uuid, hash text, name text, type text, size int, content_id text, inline boolean)`,
    values: [
      uuidOf(ticketId),
      messageId ? uuidOf(messageId) : null,
      desk.now().toString(),
      JSON.stringify(
        attachments.map((attachment) => ({
          ...attachment,
          id: uuidOf(attachment.id),
          content_id: attachment.contentId,
        })),
      ),
    ],
  })
}
