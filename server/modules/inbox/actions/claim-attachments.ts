import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'

/** Ties uploaded files to the message they go with; each goes with one message of the ticket it was uploaded to. */
export async function claimAttachments(
  desk: Desk,
  ticketId: Id<'tkt'>,
  messageId: Id<'msg'>,
  ids: readonly Id<'att'>[],
): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const { rowCount } = await desk.connection.query(
    'update attachments set message_id = $3 where id = any($1::uuid[]) and ticket_id = $2 and message_id is null',
    [wanted.map(uuidOf), uuidOf(ticketId), uuidOf(messageId)],
  )
  if (rowCount !== wanted.length)
    throw new DeskError('invalid_request', 'body.attachments: a file is not there any more, or was sent already.')
}
