import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { noteAddressFailure } from '../actions/note-address-failure.ts'
import { noteToOwner } from '../actions/note-to-owner.ts'
import { settleAttention } from '../actions/settle-attention.ts'
import type { MailFailure } from '../rules/bounce-facts.ts'
import { inWords } from '../rules/bounce-words.ts'
import { afterFailures, failedRecipients } from '../rules/failed-recipients.ts'
import { insertDeliveryFailure } from '../store/delivery-failures.ts'
import { lockDelivery, setDelivery } from '../store/deliveries.ts'
import type { ReportedMessage } from '../store/reported-messages.ts'
import type { LockedTicket } from '../store/tickets.ts'
import type { Report } from './filing.ts'

/**
 * The mails that a bounce or complaint is about say so, recipient by recipient, and the owner hears why and what to do. A
 * mail that is only late stays as it is. Nothing is reopened, and mail that no person wrote troubles nobody.
 */
export async function markBounced(
  desk: Desk,
  report: Report,
  ticket: LockedTicket,
  reportedBy: Id<'msg'>,
): Promise<void> {
  for (const message of report.messages) {
    if (message.ticketId !== ticket.id) continue
    const failed = failedRecipients(message.recipients, report.failures)
    for (const failure of failed) {
      await insertDeliveryFailure(desk, message.messageId, reportedBy, failure)
      // A guess shows where the bounce belongs; it must not silence an address that somebody else named.
      if (message.via !== 'guessed') await noteAddressFailure(desk, message.messageId, failure)
    }
    await markDelivery(desk, ticket, message, failed, report)
  }
  await settleAttention(desk, ticket.id)
}

async function markDelivery(
  desk: Desk,
  ticket: LockedTicket,
  message: ReportedMessage,
  failed: readonly MailFailure[],
  report: Report,
): Promise<void> {
  const { messageId } = message
  const delivery = await lockDelivery(desk, messageId)
  if (!delivery || report.kind === 'feedback_report') return
  const lost = failed.filter((failure) => !failure.delayed)
  // A report that cannot be read, about a mail to one address: it came back, for whatever reason.
  const unread = report.failures.length === 0 && message.recipients.length === 1
  if (lost.length === 0 && !unread) return
  const after = afterFailures(message.recipients, delivery.refused, lost)
  const bounced = after.bounced || unread
  if (bounced ? delivery.state === 'bounced' : lost.every(({ address }) => delivery.refused.includes(address))) return
  const error = lost.map((failure) => `${failure.address}: ${failure.diagnostic}`).join('; ') || 'The mail came back.'
  // What still waits for others goes on waiting for them.
  const state = bounced ? 'bounced' : delivery.state === 'unknown' ? 'sent' : delivery.state
  await setDelivery(desk, messageId, state, { error: error.slice(0, 1000), refused: after.refused, keep: !bounced })
  await desk.emit({
    type: 'delivery.bounced',
    ticketId: ticket.id,
    contactId: ticket.contactId,
    accountId: ticket.accountId,
    data: { messageId, recipients: lost.length, all: bounced, reasons: [...new Set(lost.map(({ reason }) => reason))] },
  })
  if (message.kind !== 'reply') return
  const head = bounced ? 'The reply came back.' : 'The reply did not reach everybody.'
  await noteToOwner(desk, ticket, [head, ...lost.map(inWords)].join('\n\n'))
}
