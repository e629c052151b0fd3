import type { Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { RefundEffect, RefundRequest } from './refund-request.ts'
import type { RefundWay } from './refund-way.ts'
import { methodWords } from './words.ts'

/** What will happen, in the order it happens, with exact amounts. */
export function refundEffects({ charge, invoice }: RefundRequest, way: RefundWay, amount: Money): RefundEffect[] {
  const effects: RefundEffect[] = []
  const words = formatMoney(amount)
  if (way.kind === 'credit_note' && invoice)
    effects.push({
      kind: 'credit_note',
      sentence: `A credit note of ${words} on invoice ${invoice.number ?? invoice.id}, so that tax and revenue follow.`,
      money: amount,
    })
  effects.push({
    kind: 'refund',
    sentence: `${words} back to ${methodWords(charge.method)}; usually visible in 5 to 10 business days.`,
    money: amount,
  })
  effects.push({
    kind: 'mail',
    sentence: 'Once Stripe confirms, an answer for the customer stands here; you put it into the reply and send it.',
  })
  return effects
}
