import type { MovedMessage } from '#contract/ticket-events.ts'
import { isAnswer } from '#contract/ticket-history.ts'

export type MessageDebts = { firstAt: string | null; firstReplyAt: string | null; since: string | null }

/** What messages, in order of time, tell of waiting: what machines write neither asks nor answers. */
export function debtsOf(messages: readonly MovedMessage[]): MessageDebts {
  const debts: MessageDebts = { firstAt: null, firstReplyAt: null, since: null }
  for (const message of messages) {
    if (message.kind === 'inbound' && !message.auto) {
      debts.firstAt ??= message.at
      if (!message.answered) debts.since ??= message.at
    } else if (debts.firstAt && isAnswer(message)) debts.firstReplyAt ??= message.at
  }
  return debts
}
