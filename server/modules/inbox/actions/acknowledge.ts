import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import { addressesOf, ownMailboxes } from '../own-addresses.ts'
import { decideAcknowledgement } from '../rules/auto-acknowledgement.ts'
import { classifyMail } from '../rules/auto-mail.ts'
import { parseOwnMessageId } from '../rules/message-id.ts'
import { readRaw } from '../store/raw-items.ts'
import { readReceipt } from '../store/receipts.ts'
import { lockTicket } from '../store/tickets.ts'
import { autoMailLimits, mailsLately, sendAutomaticMail } from './send-automatic-mail.ts'

/**
 * "We have it, your number is …", where the mailbox wants it, to a person's first mail and never to a machine. Once per
 * ticket, however often this runs: the ledger says whether it was decided.
 */
export async function acknowledge(desk: Desk, itemId: Id<'itm'>, messageId: Id<'msg'>): Promise<void> {
  const receipt = await readReceipt(desk, itemId)
  const own = await ownMailboxes(desk)
  const mailbox = own.find(({ id }) => id === receipt?.sourceId)
  if (!receipt?.ticketId || receipt.disposition !== 'ticketed' || !mailbox?.autoAcknowledge) return
  const raw = await readRaw(desk, itemId)
  const parsed = raw && (await desk.ports.mail.read(raw, receipt.envelope))
  if (!parsed?.ok) return
  const { message } = parsed
  const ownAddresses = addressesOf(own)
  const sign = mailSign(desk)
  const classification = classifyMail(message, {
    ownAddresses,
    ownMessageId: message.providerId !== undefined && parseOwnMessageId(message.providerId, sign) !== null,
  })
  const { ticketId } = receipt
  await desk.transaction(async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    if (ticket.deletedAt) return
    if (await isDecided(tx, ticketId)) return
    // Where else the sender may ask for answers is for an agent to agree to.
    const to = message.from
    const { sentToAddress } = await mailsLately(tx, to.address, ticketId)
    const decision = decideAcknowledgement({
      enabled: true,
      threadAction: 'new',
      classification,
      to: to.address,
      returnPath: receipt.envelope.from,
      ownAddresses,
      sentToAddress,
      limits: autoMailLimits,
    })
    const told = { ticketId, contactId: ticket.contactId, accountId: ticket.accountId }
    if (!decision.send) {
      await tx.emit({ ...told, type: 'acknowledgement.withheld', data: { messageId, code: decision.code } })
      return
    }
    const mail = await sendAutomaticMail(tx, ticket, {
      to: { email: to.address, name: to.name || null },
      subject: `Re: ${message.subject || ticket.subject} [#${ticket.number}]`,
      text: wordsOf(mailbox.acknowledgement, ticket.number),
      answers: {
        id: messageId,
        providerId: message.providerId ?? null,
        mayAnswer: classification.mayAnswer,
        returnPath: receipt.envelope.from,
      },
      sourceId: mailbox.id,
      teamId: mailbox.teamId,
    })
    await tx.emit(
      mail.sent
        ? { ...told, type: 'acknowledgement.sent', data: { messageId, answer: mail.sent } }
        : { ...told, type: 'acknowledgement.withheld', data: { messageId, code: mail.code } },
    )
  })
}

/** The mailbox's own words, with `{number}` for the ticket's; plain ones where there are none. */
function wordsOf(own: string, number: number): string {
  const words = own.trim() || 'Hello,\n\nwe have received your message and will answer it. Your number is #{number}.'
  return words.replaceAll('{number}', String(number))
}

async function isDecided(desk: Desk, ticketId: Id<'tkt'>): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'acknowledgement-decided',
    text: `select from events where ticket_id = $1 and type in ('acknowledgement.sent', 'acknowledgement.withheld') limit 1`,
    values: [uuidOf(ticketId)],
  })
  return rowCount === 1
}
