import type { Attachment } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { presentAttachment } from '../views/message-view.ts'
import { requireVisible } from '../views/read-ticket.ts'
import { insertAttachments } from './keep-attachments.ts'

const maxBytes = 18 * 1024 * 1024

/** Keeps a file for a reply that is being written. It leaves with the reply, or goes a night when it is a day old and in no draft. */
export async function uploadAttachment(
  desk: Desk,
  ticketId: Id<'tkt'>,
  file: { name: string; type: string; base64: string },
): Promise<Attachment> {
  await requireVisible(desk, ticketId)
  const content = Buffer.from(file.base64, 'base64')
  if (content.byteLength === 0) throw new DeskError('invalid_request', 'body.base64: the file is empty.')
  if (content.byteLength > maxBytes) throw new DeskError('too_large', 'The file is larger than 18 MB.')
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream'
  const hash = await desk.blobs.put(content)
  const kept = {
    id: newId('att', desk.now()),
    hash,
    name: file.name,
    type,
    size: content.byteLength,
    contentId: null,
    inline: false,
  }
  await desk.transaction((tx) => insertAttachments(tx, ticketId, null, [kept]))
  return presentAttachment(desk, { ...kept, id: uuidOf(kept.id) })
}
