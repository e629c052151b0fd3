import type { Disposition } from '#contract/custody.ts'
import type { Id } from '#contract/ids.ts'
import type { KeptAttachment } from '../actions/keep-attachments.ts'
import type { OwnMailbox } from '../own-addresses.ts'
import type { InboundMessage } from '../ports.ts'
import type { Happening } from '../record.ts'
import type { AutoMail } from '../rules/auto-mail.ts'
import type { MailFailure } from '../rules/bounce-facts.ts'
import type { ThreadDecision } from '../rules/threading.ts'
import type { ReportedMessage } from '../store/reported-messages.ts'
import type { KnownSender } from './know-sender.ts'

export type Filed = {
  disposition: Disposition
  reason: string
  code: string
  ticketId: Id<'tkt'> | null
  messageId: Id<'msg'> | null
}

/** What of the mail is new, and the line a list shows of it. */
export type Shown = { reply: string; preview: string }

/** What a bounce or complaint says, and which mails of ours it says it about. */
export type Report = { kind: 'bounce' | 'feedback_report'; failures: MailFailure[]; messages: ReportedMessage[] }

/** A mail with everything that was decided about it. */
export type Filing = {
  mailbox: OwnMailbox
  own: readonly OwnMailbox[]
  message: InboundMessage
  classification: AutoMail
  decision: ThreadDecision
  attachments: KeptAttachment[]
  /** When it came to where it was read from, for mail from before; else it is dated now. */
  arrivedAt?: Temporal.Instant | undefined
  flagged: boolean
  shown: Shown
  report?: Report | undefined
  sender: KnownSender
}

/** What the ledger says of its arrival. */
export function received(messageId: Id<'msg'>, { classification }: Filing): Happening {
  const auto = classification.kind !== 'human' && classification.kind !== 'list'
  return { type: 'message.received', data: { messageId, kind: classification.kind, auto } }
}
