import type { ThreadMatch } from './threading.ts'

export type SentDecision =
  | { outcome: 'own'; messageId: string; settles: boolean; code: 'own_settled' | 'own_known' }
  | { outcome: 'reply'; ticketId: string; code: 'answers_ticket' }
  | { outcome: 'known' | 'other'; code: 'filed_before' | 'answers_nothing' | 'other_mailbox' }

/**
 * What a mail in the Sent folder is to the desk. One of our own shows that it left, which settles a delivery that nobody
 * could know about; any other counts as an agent's reply where it answers a ticket of this mailbox, and is else not ours.
 */
export function decideSent(input: {
  mailboxId: string
  /** The message of ours that its Message-ID names, and how its delivery stands. */
  own: { messageId: string; delivery: string | null } | null
  isFiled: boolean
  /** The strongest key first. */
  matches: readonly ThreadMatch[]
}): SentDecision {
  const { own, matches, mailboxId } = input
  if (own) {
    const settles = own.delivery === 'unknown'
    return { outcome: 'own', messageId: own.messageId, settles, code: settles ? 'own_settled' : 'own_known' }
  }
  if (input.isFiled) return { outcome: 'known', code: 'filed_before' }
  const match = matches.find(({ via, ticket }) => via !== 'reported' && ticket.mailboxId === mailboxId)
  if (match) return { outcome: 'reply', ticketId: match.ticket.ticketId, code: 'answers_ticket' }
  return { outcome: 'other', code: matches.length > 0 ? 'other_mailbox' : 'answers_nothing' }
}
