import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { readMessage } from '../views/list-messages.ts'

/** An agent decides that a message with another subject stays in its ticket. */
export async function keepHere(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    const { rowCount } = await tx.connection.query(
      `update messages set proposal = proposal || '{"state": "kept"}' where id = $1 and proposal ->> 'state' = 'open'`,
      [uuidOf(messageId)],
    )
    if (rowCount === 0) throw new DeskError('conflict', 'There is nothing to decide about this message.')
    await tx.emit({ type: 'message.kept_here', ticketId: message.ticketId, data: { messageId } })
  })
}
