import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { SenderStep, testSender as endpoint } from '#contract/sending.ts'
import type { Desk } from '#server/desk.ts'
import { readSender, smtpServerOf } from '../store/senders.ts'
import { readMailbox } from '../views/list-mailboxes.ts'
import { senderOfInput } from './sender-of-input.ts'

/** Speaks to a mail server as a mail of the mailbox would, short of sending one and without keeping anything. */
export async function testSender(
  desk: Desk,
  mailboxId: Id<'box'>,
  { recipient, sender }: BodyOf<typeof endpoint>,
): Promise<{ server: string; steps: SenderStep[] }> {
  const { address } = await readMailbox(desk, mailboxId)
  const stored = await readSender(desk, mailboxId)
  const server = smtpServerOf(desk, sender ? senderOfInput(desk, stored, sender) : stored)
  return desk.ports.mail.probe(server, { from: address, to: recipient ?? address })
}
