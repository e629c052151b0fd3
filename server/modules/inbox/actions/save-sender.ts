import type { Id } from '#contract/ids.ts'
import type { SenderInput } from '#contract/sending.ts'
import type { Desk } from '#server/desk.ts'
import { readSender, writeSender } from '../store/senders.ts'
import { readMailbox } from '../views/list-mailboxes.ts'
import { senderOfInput } from './sender-of-input.ts'

/** Changes how a mailbox sends. What waits already leaves by the new server too: a wrong one is mended for all of it. */
export async function saveSender(desk: Desk, mailboxId: Id<'box'>, input: SenderInput): Promise<void> {
  await desk.transaction(async (tx) => {
    await readMailbox(tx, mailboxId)
    await writeSender(tx, mailboxId, senderOfInput(tx, await readSender(tx, mailboxId), input))
    await tx.emit({ type: 'mailbox.changed', data: { mailboxId, fields: ['sender'] } })
  })
}
