import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refundCauses } from '#contract/billing.ts'
import { money } from '#contract/money.ts'
import {
  at,
  buildCharge,
  buildCreditNote,
  buildDispute,
  buildInvoice,
  buildLine,
  buildRefund,
  buildSubscription,
  nov12,
  nov3,
} from './build-facts.ts'
import { buildPolicy } from './default-policy.ts'
import { decideRefund } from './refund-policy.ts'
import type { RefundDecision, RefundRequest } from './refund-request.ts'

const policy = buildPolicy(1, '2026-01-01T00:00:00Z')
const usd = (amount: number) => money(amount, 'USD')

function request(over: Partial<RefundRequest> = {}): RefundRequest {
  return {
    policy,
    charge: buildCharge(),
    invoice: buildInvoice(),
    subscription: buildSubscription(),
    refunds: [],
    creditNotes: [],
    disputes: [],
    pendingOperations: [],
    cause: 'remorse',
    requester: { authority: 'full' },
    segment: 'consumer',
    givenBefore: [],
    now: nov12 * 1000,
    ...over,
  }
}

const decide = (over: Partial<RefundRequest> = {}): RefundDecision => decideRefund(request(over))
const codes = (decision: RefundDecision): string[] => decision.reasons.map((reason) => reason.code)
const yearEnd = at('2027-11-03T09:00:00Z')

/** A yearly plan at 588.00, paid on 3 Nov 2026. */
function yearly(over: Partial<RefundRequest> = {}): Partial<RefundRequest> {
  const line = buildLine({ amount: 58_800, periodEnd: yearEnd })
  return { charge: buildCharge({ amount: 58_800 }), invoice: buildInvoice({ lines: [line] }), ...over }
}

describe('what the policy allows', () => {
  it('refunds a month in full within its window, by a credit note, with nobody to ask', () => {
    const decision = decide()
    expect(decision).toMatchObject({
      outcome: 'refund',
      allowed: { min: usd(1), max: usd(4900) },
      proposed: usd(4900),
      approvals: [],
      policyVersion: 1,
      customerSentence:
        'We are refunding 49.00 USD to Visa 4242. It usually takes 5 to 10 business days to show on your statement.',
    })
    expect(decision.effects.map((effect) => [effect.kind, effect.sentence])).toEqual([
      ['credit_note', 'A credit note of 49.00 USD on invoice INV-0001, so that tax and revenue follow.'],
      ['refund', '49.00 USD back to Visa 4242; usually visible in 5 to 10 business days.'],
      ['mail', 'Once Stripe confirms, an answer for the customer stands here; you put it into the reply and send it.'],
    ])
    expect(decision.trace[0]).toEqual({
      rule: 'captured − refunded − pending − disputed',
      input: '49.00 USD − 0.00 USD − 0.00 USD − 0.00 USD',
      result: '49.00 USD',
    })
  })

  it('closes the window to the second and says when it did', () => {
    const last = (nov3 + 14 * 86_400) * 1000
    expect(decide({ now: last }).outcome).toBe('refund')
    const late = decide({ now: last + 1 })
    expect(late).toMatchObject({ outcome: 'refuse', allowed: null, proposed: null, effects: [] })
    expect(late.reasons).toEqual([{ code: 'window_closed', sentence: 'The window of 14 days ended on 17 Nov.' }])
    expect(late.customerSentence).toBe('The payment of 3 Nov is past the time in which our terms allow a refund.')
  })

  it('returns whole unused months of a year after the window, in enterprise with a lead', () => {
    const now = at('2027-02-10T00:00:00Z') * 1000
    expect(decide(yearly({ now }))).toMatchObject({ allowed: { max: usd(39_200) }, proposed: usd(39_200) })
    const enterprise = decide(yearly({ now, segment: 'enterprise' }))
    expect(enterprise.proposed).toEqual(usd(39_200))
    expect(enterprise.approvals.map((approval) => approval.code)).toEqual(['amount', 'policy'])
    const again = decide(
      yearly({
        now,
        charge: buildCharge({ amount: 58_800, amountRefunded: 10_000 }),
        refunds: [buildRefund({ amount: 10_000 })],
      }),
    )
    expect(again.allowed?.max).toEqual(usd(29_200))
  })

  it('returns unused days of a forgotten yearly renewal, less when more was used than time passed', () => {
    const renewal = yearly({ cause: 'forgotten_renewal', now: at('2027-01-15T09:00:00Z') * 1000 })
    renewal.invoice = { ...renewal.invoice!, billingReason: 'subscription_cycle' }
    expect(decide(renewal).proposed).toEqual(usd(47_040)) // 292 of 365 days
    const begun = renewal.now! + 3_600_000 // a day that has begun is used
    expect(decide({ ...renewal, now: begun }).proposed).toEqual(usd(46_879)) // 291 of 365 days
    expect(decide({ ...renewal, usage: { used: 90, included: 100 } }).proposed).toEqual(usd(5880))
    expect(codes(decide({ cause: 'forgotten_renewal' }))).toEqual(['no_rule'])
  })

  it('mends our own errors in full at any age', () => {
    for (const cause of ['duplicate', 'billed_after_cancel', 'outage'] as const)
      expect(
        decide({
          cause,
          now: nov3 * 1000 + 400 * 86_400_000,
          givenBefore: [1, 2, 3].map((n) => ({ at: nov3 * 1000 + n, money: usd(4900), cause: 'remorse' as const })),
        }),
      ).toMatchObject({
        proposed: usd(4900),
        approvals: [],
      })
  })

  it('puts the law before the policy, for consumers and first purchases only', () => {
    const strict = buildPolicy(2, '2026-01-01T00:00:00Z', { ...policy.limits, monthlyWindowDays: 1 })
    expect(codes(decide({ policy: strict, country: 'DE' }))).toEqual(['statutory'])
    expect(codes(decide({ policy: strict, country: 'US' }))).toEqual(['window_closed'])
    expect(codes(decide({ policy: strict, country: 'DE', segment: 'enterprise' }))).toEqual(['window_closed'])
    expect(
      codes(decide({ policy: strict, country: 'DE', invoice: buildInvoice({ billingReason: 'subscription_cycle' }) })),
    ).toEqual(['window_closed'])
    expect(codes(decide({ policy: strict, country: 'DE', now: nov3 * 1000 + 15 * 86_400_000 }))).toEqual([
      'window_closed',
    ])
  })

  it('proposes half as goodwill and asks a lead for more', () => {
    const half = decide({ cause: 'goodwill' })
    expect(half).toMatchObject({ allowed: { max: usd(4900) }, proposed: usd(2450), approvals: [] })
    expect(decide({ cause: 'goodwill', requestedAmount: usd(2451) }).approvals).toMatchObject([
      { role: 'lead', code: 'goodwill_share' },
    ])
    const none = { ...policy, goodwill: { ...policy.goodwill, sharePercent: 0 } }
    expect(decide({ cause: 'goodwill', policy: none }).approvals).toMatchObject([{ code: 'goodwill_share' }])
    const before = decide({
      cause: 'goodwill',
      requestedAmount: usd(2000),
      givenBefore: [{ at: nov3 * 1000, money: usd(9000), cause: 'goodwill' }],
    })
    expect(before.approvals.map((approval) => approval.code)).toEqual(['goodwill_cap'])
  })

  it('takes an amount within what is allowed, and names what is wrong with another', () => {
    expect(decide({ requestedAmount: usd(1000) })).toMatchObject({ outcome: 'refund', proposed: usd(1000) })
    const cases: [RefundRequest['requestedAmount'], string][] = [
      [usd(4901), '49.01 USD is more than the 49.00 USD that may be refunded.'],
      [usd(0), '0.00 USD is less than the smallest refund, 0.01 USD.'],
      [money(100, 'EUR'), 'The charge is in USD; a refund cannot be in EUR.'],
    ]
    for (const [requestedAmount, sentence] of cases) {
      const decision = decide({ requestedAmount })
      expect(decision).toMatchObject({ outcome: 'refuse', proposed: null, allowed: { max: usd(4900) } })
      expect(decision.reasons[0]?.sentence).toBe(sentence)
    }
  })

  it('moves dinars in steps of ten and krónur in whole ones', () => {
    const kwd = {
      charge: buildCharge({ currency: 'kwd', amount: 12_340 }),
      invoice: undefined,
      cause: 'duplicate' as const,
    }
    expect(decide(kwd).allowed).toEqual({ min: money(10, 'KWD'), max: money(12_340, 'KWD') })
    expect(decide({ ...kwd, requestedAmount: money(1005, 'KWD') }).reasons[0]?.sentence).toBe(
      'Stripe moves KWD in steps of 0.010 KWD only.',
    )
    const isk = {
      charge: buildCharge({ currency: 'isk', amount: 990_100 }),
      invoice: undefined,
      cause: 'goodwill' as const,
    }
    expect(decide(isk)).toMatchObject({
      allowed: { min: money(1, 'ISK'), max: money(9901, 'ISK') },
      proposed: money(4950, 'ISK'),
    })
  })
})

describe('what is never refunded', () => {
  const overpaid = buildInvoice({ amountOverpaid: 4900 })
  const second = { ...overpaid.payments[0]!, id: 'inpay_2', paymentIntent: 'pi_2' }
  const cases: [string, string, Partial<RefundRequest>][] = [
    ['a disputed charge', 'disputed', { disputes: [buildDispute()], cause: 'duplicate' }],
    ['a charge with a won dispute', 'disputed', { disputes: [buildDispute({ status: 'won' })], cause: 'outage' }],
    ['a dispute status not known here', 'disputed', { disputes: [buildDispute({ status: 'brand_new' })] }],
    ['a disputed charge whose dispute is not here', 'disputed', { charge: buildCharge({ disputed: true }) }],
    [
      'an inquiry Stripe has closed to refunds',
      'disputed',
      { disputes: [buildDispute({ status: 'warning_needs_response' })] },
    ],
    ['what Apple sold', 'foreign_source', { subscription: buildSubscription({ source: 'apple' }), cause: 'duplicate' }],
    ['what a partner sold', 'foreign_source', { subscription: buildSubscription({ source: 'partner' }) }],
    ['what is refunded already', 'nothing_left', { charge: buildCharge({ amountRefunded: 4900 }), cause: 'duplicate' }],
    [
      'what another operation is returning',
      'nothing_left',
      { pendingOperations: [{ operationId: 'op_1', money: usd(4900) }] },
    ],
    ['what was credited to the account', 'nothing_left', { creditNotes: [buildCreditNote({ refunds: [] })] }],
    ['a failed charge', 'not_paid', { charge: buildCharge({ status: 'failed' }) }],
    ['a hold', 'not_captured', { charge: buildCharge({ captured: false }) }],
    ["another customer's invoice", 'other_invoice', { invoice: buildInvoice({ customer: 'cus_2' }) }],
    ['an open invoice', 'invoice_not_paid', { invoice: buildInvoice({ status: 'open' }) }],
    [
      'an invoice paid in several payments',
      'several_payments',
      { invoice: { ...overpaid, amountOverpaid: 0, payments: [...overpaid.payments, second] } },
    ],
  ]
  it.each(cases)('%s', (_, code, over) => {
    const decision = decide(over)
    expect(decision).toMatchObject({ outcome: 'refuse', allowed: null, proposed: null, approvals: [], effects: [] })
    expect(codes(decision)).toContain(code)
    expect(decision.customerSentence).toMatch(/\.$/)
  })

  it('but an inquiry is refunded, because that avoids the dispute', () => {
    const decision = decide({
      disputes: [buildDispute({ status: 'warning_needs_response', isChargeRefundable: true })],
    })
    expect(decision.outcome).toBe('refund')
    expect(codes(decision)).toContain('inquiry')
  })

  it('counts a pending operation once, until its refund shows', () => {
    const pendingOperations = [{ operationId: 'op_1', money: usd(2000) }]
    const shown = {
      charge: buildCharge({ amountRefunded: 2000 }),
      refunds: [buildRefund({ amount: 2000 })],
      pendingOperations,
    }
    expect(decide({ pendingOperations }).allowed?.max).toEqual(usd(2900))
    expect(decide(shown).allowed?.max).toEqual(usd(900))
    const noted = { ...shown, creditNotes: [buildCreditNote({ total: 2000, metadata: { operation_id: 'op_1' } })] }
    expect(decide(noted).allowed?.max).toEqual(usd(2900))
    expect(decide({ ...noted, charge: buildCharge(), refunds: [] }).allowed?.max).toEqual(usd(900))
  })

  it('returns only the cash of a payment that used credit too', () => {
    const invoice = buildInvoice({ startingBalance: -1900, endingBalance: 0, amountDue: 3000 })
    expect(decide({ charge: buildCharge({ amount: 3000 }), invoice, cause: 'duplicate' }).allowed?.max).toEqual(
      usd(3000),
    )
  })

  it('returns a payment too many without lowering the invoice', () => {
    const decision = decide({ invoice: { ...overpaid, payments: [...overpaid.payments, second] }, cause: 'duplicate' })
    expect(decision.effects.map((effect) => effect.kind)).toEqual(['refund', 'mail'])
  })
})

describe('who must approve', () => {
  const roles = (over: Partial<RefundRequest>): string[] =>
    decide(over).approvals.map((approval) => `${approval.role} ${approval.code}`)
  const charged = (amount: number, currency = 'usd'): Partial<RefundRequest> => ({
    charge: buildCharge({ amount, currency }),
    invoice: undefined,
    cause: 'duplicate',
  })

  it('follows the bands, to the cent', () => {
    expect([10_000, 10_001, 100_000, 100_001].map((amount) => roles(charged(amount)))).toEqual([
      [],
      ['lead amount'],
      ['lead amount'],
      ['finance amount'],
    ])
  })

  it('sees that a large refund is made of small ones', () => {
    const charge = buildCharge({ amount: 15_000, amountRefunded: 9000 })
    const decision = decide({
      charge,
      refunds: [buildRefund({ amount: 9000 })],
      invoice: undefined,
      cause: 'duplicate',
      requestedAmount: usd(6000),
    })
    expect(decision.approvals[0]?.because).toBe(
      'With the 90.00 USD already returned of this charge above what an agent may decide alone: the limit is 100.00 USD.',
    )
  })

  it('converts other currencies against the agent, and trusts nobody without a rate', () => {
    const rates = { on: '2026-11-12', base: 'USD', perUnit: { CHF: '1.1111', KWD: '3.25' } }
    expect(roles({ ...charged(9000, 'chf'), rates })).toEqual([]) // 99.999 → 100.00
    expect(roles({ ...charged(9001, 'chf'), rates })).toEqual(['lead amount']) // 100.0101… → 100.02
    expect(roles({ ...charged(30_760, 'kwd'), rates })).toEqual([]) // 99.97
    expect(roles({ ...charged(30_770, 'kwd'), rates })).toEqual(['lead amount']) // 100.0025 → 100.01
    expect(roles(charged(100, 'chf'))).toEqual(['finance amount'])
  })

  it('asks for an override, for fraud and for repeats, each with its reason', () => {
    expect(roles({ requester: { authority: 'none' } })).toEqual(['lead authority_override'])
    expect(roles({ requester: { authority: 'not_asked' } })).toEqual([])
    expect(roles({ cause: 'fraud' })).toEqual(['lead fraudulent'])
    const past = (daysAgo: number) => ({
      at: nov12 * 1000 - daysAgo * 86_400_000,
      money: usd(4900),
      cause: 'remorse' as const,
    })
    expect(roles({ givenBefore: [past(10), past(364)] })).toEqual(['lead repeat'])
    expect(roles({ givenBefore: [past(10), past(366), { ...past(5), cause: 'outage' }] })).toEqual([])
  })
})

it('never allows more than was captured and not returned, whatever is asked', () => {
  const amount = fc.integer({ min: 0, max: 60_000 })
  const facts = fc.record({
    captured: fc.integer({ min: 1, max: 60_000 }),
    refunded: amount,
    pending: amount,
    credited: amount,
    asked: fc.option(amount, { nil: undefined }),
    cause: fc.constantFrom(...refundCauses),
    days: fc.integer({ min: 0, max: 500 }),
    invoiced: fc.boolean(),
    currency: fc.constantFrom('usd', 'kwd', 'jpy'),
  })
  fc.assert(
    fc.property(facts, (random) => {
      const step = random.currency === 'kwd' ? 10 : 1
      const [captured, refunded, pending] = [
        random.captured * step,
        Math.min(random.refunded, random.captured) * step,
        random.pending * step,
      ]
      const code = random.currency.toUpperCase()
      const lines = [buildLine({ amount: captured, currency: random.currency })]
      const invoice = buildInvoice({ currency: random.currency, lines })
      const decision = decide({
        charge: buildCharge({ amount: captured, amountRefunded: refunded, currency: random.currency }),
        invoice: random.invoiced ? invoice : undefined,
        refunds: refunded ? [buildRefund({ amount: refunded, currency: random.currency })] : [],
        creditNotes: random.credited
          ? [buildCreditNote({ total: random.credited, currency: random.currency, refunds: [] })]
          : [],
        pendingOperations: pending ? [{ operationId: 'op_9', money: money(pending, code) }] : [],
        requestedAmount: random.asked === undefined ? undefined : money(random.asked, code),
        cause: random.cause,
        now: (nov3 + random.days * 86_400) * 1000,
      })
      const most = captured - refunded - pending
      expect(decision.proposed === null).toBe(decision.outcome === 'refuse')
      if (decision.outcome === 'refuse') return
      expect(decision.proposed!.amount).toBeGreaterThan(0)
      expect(decision.proposed!.amount).toBeLessThanOrEqual(decision.allowed!.max.amount)
      expect(decision.allowed!.min.amount).toBeLessThanOrEqual(decision.proposed!.amount)
      expect(decision.allowed!.max.amount).toBeLessThanOrEqual(most)
      expect(decision.allowed!.max.amount).toBeLessThanOrEqual(
        random.invoiced ? Math.max(0, most - random.credited) : most,
      )
      expect(decision.allowed!.max.amount % step).toBe(0)
    }),
    { numRuns: 1000 },
  )
})
