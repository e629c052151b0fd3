import type { RefundCause } from '#contract/billing.ts'
import { compare, fromStripe, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { ChargeFacts, RefundFacts } from './facts.ts'
import { dayWords, methodWords, type Dates } from './words.ts'

export type RefundReplyInput = {
  customerName?: string
  money: Money
  cause: RefundCause
  charge: ChargeFacts
  /** As read back from Stripe after the operation; absent while it is only on its way. */
  refund?: RefundFacts
  creditNoteNumber?: string
  invoiceNumber?: string
} & Dates

/** The drafted answer, or why there is nothing to say yet: a failed refund must not be announced. */
export type RefundReply = { ok: true; text: string } | { ok: false; sentence: string }

/** In English; the signature is added by the mailbox. */
export function draftRefundReply(input: RefundReplyInput): RefundReply {
  const { refund } = input
  if (refund?.status === 'failed' || refund?.status === 'canceled')
    return { ok: false, sentence: 'The refund did not reach the customer; find another way before writing to them.' }
  const greeting = input.customerName ? `Hi ${input.customerName.split(' ')[0]},` : 'Hello,'
  const blocks = [
    greeting,
    [apology(input.cause), movement(input)].filter(Boolean).join(' '),
    arrival(input),
    paper(input),
  ]
  return { ok: true, text: blocks.filter(Boolean).join('\n\n') }
}

function movement({ money, charge, refund, ...dates }: RefundReplyInput): string {
  const day = dayWords(refund?.created ?? dates.now / 1000, dates)
  const what = `${formatMoney(money)} to ${methodWords(charge.method)}`
  const of = `for the payment of ${dayWords(charge.created, dates)}`
  if (refund?.status === 'succeeded') return `We refunded ${what} on ${day}, ${of}.`
  return `On ${day} we started a refund of ${what}, ${of}.`
}

/** An early refund can erase the charge instead of adding a credit line, which people miss. */
function arrival(input: RefundReplyInput): string {
  const { charge, refund } = input
  if (!charge.method?.brand) return 'It usually takes 5 to 10 business days to arrive, depending on the bank.'
  const card = methodWords(charge.method)
  if (isReversal(input))
    return `Because the refund was made so soon after the payment, the charge may simply disappear from the statement of ${card} within 5 to 10 business days, without a separate credit.`
  const trace = refund?.reference
    ? ` If it does not, your bank can trace it with the reference ${refund.reference}.`
    : ''
  return `Banks usually take 5 to 10 business days to show it on the statement of ${card}. If the card has been replaced, your bank passes it on to the new one.${trace}`
}

/** What Stripe says of the card, else likely when all of a charge goes back on the day it was made. */
function isReversal({ charge, refund, money, ...dates }: RefundReplyInput): boolean {
  if (refund?.destination === 'reversal' || refund?.destination === 'refund') return refund.destination === 'reversal'
  const sameDay = dayWords(refund?.created ?? dates.now / 1000, dates) === dayWords(charge.created, dates)
  return sameDay && compare(money, fromStripe(charge.amountCaptured, charge.currency)) === 0
}

function paper({ creditNoteNumber, invoiceNumber }: RefundReplyInput): string {
  if (!creditNoteNumber) return ''
  return `Credit note ${creditNoteNumber}${invoiceNumber ? ` for invoice ${invoiceNumber}` : ''} documents it for your records.`
}

function apology(cause: RefundCause): string {
  switch (cause) {
    case 'duplicate':
      return 'You were right: you were charged twice, and we are sorry for that.'
    case 'billed_after_cancel':
      return 'You had cancelled before this payment was taken, and we are sorry that it was.'
    case 'outage':
      return 'We are sorry that the service was not there when you needed it.'
    case 'fraud':
      return 'Thank you for telling us about a payment you did not make.'
    default:
      return ''
  }
}
