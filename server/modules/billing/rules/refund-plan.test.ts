import { expect, it } from 'vitest'
import { refundCauses } from '#contract/billing.ts'
import { money } from '#contract/money.ts'
import { buildCharge, buildInvoice, buildLine } from './build-facts.ts'
import { creditNoteReasonOf, planRefund, refundReasonOf, type RefundPlanInput } from './refund-plan.ts'

const base: RefundPlanInput = {
  operationId: 'op_1',
  money: money(2000, 'USD'),
  cause: 'remorse',
  charge: buildCharge(),
  invoice: buildInvoice(),
}

it('lets the credit note make the refund on a paid invoice', () => {
  expect(planRefund({ ...base, memo: 'Changed their mind' })).toEqual({
    ok: true,
    call: {
      call: 'credit_notes.create',
      params: {
        invoice: 'in_1',
        amount: 2000,
        refund_amount: 2000,
        reason: 'order_change',
        memo: 'Changed their mind',
        metadata: { operation_id: 'op_1' },
      },
      lookUp: { list: 'credit_notes', params: { invoice: 'in_1' } },
    },
  })
})

it('refunds a charge without an invoice, and a void one, bare', () => {
  const bare = {
    ok: true,
    call: {
      call: 'refunds.create',
      params: { charge: 'ch_1', amount: 2000, reason: 'requested_by_customer', metadata: { operation_id: 'op_1' } },
      lookUp: { list: 'refunds', params: { charge: 'ch_1' } },
    },
  }
  expect(planRefund({ ...base, invoice: undefined })).toEqual(bare)
  expect(planRefund({ ...base, invoice: buildInvoice({ status: 'void' }) })).toEqual(bare)
})

it('credits whole lines when they with their tax are the amount', () => {
  const team = buildLine({
    taxes: [{ amount: 931, behavior: 'exclusive' }],
    discounts: [{ discount: 'di_1', amount: 400 }],
  })
  const invoice = buildInvoice({ lines: [team, buildLine({ id: 'il_2', amount: 1000 })], total: 6431 })
  const input = { ...base, charge: buildCharge({ amount: 6431 }), invoice, lines: ['il_1'] }
  expect(planRefund({ ...input, money: money(5431, 'USD') })).toMatchObject({
    call: {
      params: { refund_amount: 5431, lines: [{ type: 'invoice_line_item', invoice_line_item: 'il_1', amount: 4900 }] },
    },
  })
  expect(planRefund({ ...input, money: money(5430, 'USD') })).toMatchObject({
    ok: false,
    reason: { code: 'lines_differ' },
  })
})

it("uses Stripe's units", () => {
  const charge = buildCharge({ currency: 'ugx', amount: 500_000 })
  expect(planRefund({ ...base, charge, invoice: undefined, money: money(1200, 'UGX') })).toMatchObject({
    call: { params: { amount: 120_000 } },
  })
})

it('refuses what Stripe could not do exactly', () => {
  const code = (over: Partial<RefundPlanInput>): string => {
    const plan = planRefund({ ...base, ...over })
    return plan.ok ? 'ok' : plan.reason.code
  }
  expect(code({ money: money(2000, 'EUR') })).toBe('bad_amount')
  expect(code({ money: money(0, 'USD') })).toBe('bad_amount')
  expect(code({ charge: buildCharge({ currency: 'kwd' }), invoice: undefined, money: money(1005, 'KWD') })).toBe(
    'bad_amount',
  )
  expect(code({ invoice: buildInvoice({ status: 'open' }) })).toBe('invoice_not_paid')
})

it('has a reason for every cause', () => {
  expect(refundCauses.map((cause) => [cause, creditNoteReasonOf(cause), refundReasonOf(cause)])).toEqual([
    ['duplicate', 'duplicate', 'duplicate'],
    ['billed_after_cancel', 'order_change', 'requested_by_customer'],
    ['outage', 'product_unsatisfactory', 'requested_by_customer'],
    ['remorse', 'order_change', 'requested_by_customer'],
    ['forgotten_renewal', 'order_change', 'requested_by_customer'],
    ['fraud', 'fraudulent', 'fraudulent'],
    ['goodwill', 'product_unsatisfactory', 'requested_by_customer'],
  ])
})
