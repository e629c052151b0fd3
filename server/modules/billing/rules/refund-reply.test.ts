import { expect, it } from 'vitest'
import { money } from '#contract/money.ts'
import { buildCharge, buildRefund, nov3, utc } from './build-facts.ts'
import { draftRefundReply, type RefundReplyInput } from './refund-reply.ts'

const base: RefundReplyInput = {
  customerName: 'Ann Rivera',
  money: money(4900, 'USD'),
  cause: 'duplicate',
  charge: buildCharge(),
  refund: buildRefund({ destination: 'refund' }),
  creditNoteNumber: 'INV-0001-CN-01',
  invoiceNumber: 'INV-0001',
  ...utc,
}
const text = (over: Partial<RefundReplyInput>): string => {
  const reply = draftRefundReply({ ...base, ...over })
  return reply.ok ? reply.text : `no: ${reply.sentence}`
}

it('says how much, when, to which card and how long banks take', () => {
  expect(text({})).toBe(
    [
      'Hi Ann,',
      'You were right: you were charged twice, and we are sorry for that. We refunded 49.00 USD to Visa 4242 on 12 Nov, for the payment of 3 Nov.',
      'Banks usually take 5 to 10 business days to show it on the statement of Visa 4242. If the card has been replaced, your bank passes it on to the new one.',
      'Credit note INV-0001-CN-01 for invoice INV-0001 documents it for your records.',
    ].join('\n\n'),
  )
})

it('says it differently for a reversal, seen at Stripe or likely because it was the same day', () => {
  expect(text({ refund: buildRefund({ destination: 'reversal' }) })).toContain(
    'the charge may simply disappear from the statement of Visa 4242',
  )
  const sameDay = { now: (nov3 + 3600) * 1000 }
  expect(text({ ...sameDay, refund: buildRefund({ created: nov3 + 3600 }) })).toContain('simply disappear')
  expect(text({ ...sameDay, refund: undefined })).toContain('simply disappear')
  expect(
    text({ ...sameDay, refund: buildRefund({ created: nov3 + 3600, amount: 1000 }), money: money(1000, 'USD') }),
  ).not.toContain('disappear')
  expect(text({ ...sameDay, refund: buildRefund({ created: nov3 + 3600, destination: 'refund' }) })).not.toContain(
    'disappear',
  )
})

it('promises no more than is true', () => {
  expect(text({ refund: buildRefund({ status: 'pending' }) })).toContain(
    'On 12 Nov we started a refund of 49.00 USD to Visa 4242',
  )
  expect(text({ refund: buildRefund({ status: 'failed' }) })).toBe(
    'no: The refund did not reach the customer; find another way before writing to them.',
  )
  expect(text({ refund: buildRefund({ destination: 'refund', reference: '7481' }) })).toContain(
    'trace it with the reference 7481',
  )
})

it('does without a name, a card, a credit note or an apology', () => {
  const bare = text({
    customerName: undefined,
    charge: buildCharge({ method: { type: 'sepa_debit' } }),
    creditNoteNumber: undefined,
    cause: 'remorse',
  })
  expect(bare).toBe(
    'Hello,\n\nWe refunded 49.00 USD to a SEPA debit on 12 Nov, for the payment of 3 Nov.\n\nIt usually takes 5 to 10 business days to arrive, depending on the bank.',
  )
})
