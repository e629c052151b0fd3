import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { mailSign } from '../mail-signature.ts'
import type { Filed, Report } from '../filing/filing.ts'
import type { KnownSender } from '../filing/know-sender.ts'
import { shownText } from '../filing/keep-message.ts'
import { addressesOf, type OwnMailbox } from '../own-addresses.ts'
import type { InboundMessage } from '../ports.ts'
import { classifyMail, type AutoMail } from '../rules/auto-mail.ts'
import { readFailures } from '../rules/bounce.ts'
import { maskCards } from '../rules/card-masking.ts'
import { readComplaints } from '../rules/complaint.ts'
import { parseOwnMessageId } from '../rules/message-id.ts'
import { decideThread } from '../rules/threading.ts'
import { findReportedMessages } from '../store/reported-messages.ts'
import { findThreadMatches } from '../store/thread-matches.ts'
import { isPlusProbe } from './check-plus.ts'
import { fileMail } from './file-mail.ts'
import type { KeptAttachment } from './keep-attachments.ts'

const plusProbe: Filed = {
  disposition: 'suppressed',
  code: 'plus_probe',
  reason: 'A mail of this desk to itself came back: plus addresses of this mailbox work. It opens nothing.',
  ticketId: null,
  messageId: null,
}

/** Classifies a mail, finds what it belongs to, and files it there. */
export async function placeMail(
  desk: Desk,
  into: {
    mailbox: OwnMailbox
    own: OwnMailbox[]
    attachments: KeptAttachment[]
    arrivedAt?: Temporal.Instant | undefined
  },
  { message, sender }: { message: InboundMessage; sender: KnownSender },
  flagged: boolean,
): Promise<Filed> {
  if (await isPlusProbe(desk, into.mailbox.id, message)) return plusProbe
  const sign = mailSign(desk)
  const classification = classifyMail(message, {
    ownAddresses: addressesOf(into.own),
    ownMessageId: message.providerId !== undefined && parseOwnMessageId(message.providerId, sign) !== null,
  })
  const report = await readReport(desk, into.mailbox, message, classification)
  const matches = await findThreadMatches(desk, into.mailbox.id, message, sign, report?.messages)
  // Only what may be joined can be closed.
  const { closedAfterDays } = matches.length > 0 ? await getSettings(desk) : { closedAfterDays: 0 }
  const shown = shownText(message)
  const decision = decideThread({
    mail: { from: message.from.address, subject: message.subject, newText: shown.reply, spoofed: sender.spoofed },
    classification,
    mailboxId: into.mailbox.id,
    matches,
    settings: { closedAfterDays },
    now: desk.now(),
  })
  return fileMail(desk, {
    mailbox: into.mailbox,
    own: into.own,
    message,
    classification,
    decision,
    attachments: into.attachments,
    arrivedAt: into.arrivedAt,
    flagged,
    shown,
    report,
    sender,
  })
}

/** Only a mail that was found to be a report is read as one: the tables of patterns cost nobody else anything. */
async function readReport(
  desk: Desk,
  mailbox: OwnMailbox,
  message: InboundMessage,
  { kind }: AutoMail,
): Promise<Report | undefined> {
  if (kind !== 'bounce' && kind !== 'feedback_report') return undefined
  const read = kind === 'bounce' ? readFailures(message) : readComplaints(message)
  // What a server quotes may be what a customer wrote.
  const failures = read.map((failure) => ({ ...failure, diagnostic: maskCards(failure.diagnostic).text }))
  const messages = await findReportedMessages(desk, mailbox.id, message, failures, mailSign(desk))
  return { kind, failures, messages }
}
