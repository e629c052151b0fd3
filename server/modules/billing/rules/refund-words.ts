import type { Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { ChargeFacts } from './facts.ts'
import type { Reason, RefundRequest } from './refund-request.ts'
import { dayWords, methodWords } from './words.ts'

/** What the customer may be told when the policy says yes. */
export function acceptSentence(charge: ChargeFacts, amount: Money): string {
  return `We are refunding ${formatMoney(amount)} to ${methodWords(charge.method)}. It usually takes 5 to 10 business days to show on your statement.`
}

/** What the customer may be told when it says no: true, without our inner workings, with what they can do. */
export function refuseSentence(
  reason: Reason | undefined,
  { charge, subscription, policy, now }: RefundRequest,
): string {
  const day = dayWords(charge.created, { now, timeZone: 'UTC' })
  switch (reason?.code) {
    case 'disputed':
      return `Your bank is already looking into the payment of ${day}, so it decides about the money and we cannot refund it as well.`
    case 'foreign_source': {
      const source = subscription?.source
      const seller =
        source === 'apple' || source === 'google' || source === 'partner'
          ? policy.foreign[source]
          : policy.foreign.partner
      return `This subscription was bought through ${seller.name}, who can refund it${seller.url ? `: ${seller.url}` : ''}. We cannot return money they took.`
    }
    case 'nothing_left':
      return `The payment of ${day} has already been returned.`
    case 'not_paid':
    case 'not_captured':
      return `The payment of ${day} was not completed, so no money was taken.`
    case 'window_closed':
      return `The payment of ${day} is past the time in which our terms allow a refund.`
    case 'nothing_unused':
      return `The period paid on ${day} has been used, so nothing of it is left to return.`
    default:
      return `We cannot refund the payment of ${day} in this way; we are looking for another.`
  }
}
