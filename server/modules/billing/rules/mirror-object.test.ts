import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explainCharge } from './explain-charge.ts'
import { invoiceFacts, invoicePaymentFacts } from './mirror-invoice.ts'
import { billingCustomerFacts, chargeFacts, creditNoteFacts, disputeFacts, refundFacts } from './mirror-object.ts'
import { subscriptionFacts } from './mirror-subscription.ts'

const line = {
  id: 'il_1',
  object: 'line_item',
  amount: 9800,
  currency: 'eur',
  description: '2 × Team (at €49.00 / month)',
  quantity: 2,
  period: { start: 1_793_696_400, end: 1_796_288_400 },
  parent: {
    type: 'subscription_item_details',
    invoice_item_details: null,
    subscription_item_details: {
      subscription: 'sub_1',
      subscription_item: 'si_1',
      invoice_item: null,
      proration: false,
      proration_details: null,
    },
  },
  pricing: {
    type: 'price_details',
    price_details: { price: { id: 'price_team' }, product: 'prod_team' },
    unit_amount_decimal: '4900',
  },
  discount_amounts: [],
  pretax_credit_amounts: null,
  taxes: [
    {
      amount: 1862,
      tax_behavior: 'exclusive',
      tax_rate_details: { tax_rate: 'txr_1' },
      taxable_amount: 9800,
      type: 'tax_rate_details',
    },
  ],
}

const credit = {
  ...line,
  id: 'il_2',
  amount: -1000,
  taxes: [],
  parent: {
    ...line.parent,
    subscription_item_details: {
      ...line.parent.subscription_item_details,
      proration: true,
      proration_details: { credited_items: { invoice: 'in_0', invoice_line_items: ['il_0'] } },
    },
  },
}

const invoice = {
  id: 'in_1',
  object: 'invoice',
  number: 'INV-0001',
  customer: { id: 'cus_1', object: 'customer' },
  currency: 'eur',
  status: 'paid',
  billing_reason: 'subscription_cycle',
  created: 1_793_696_400,
  period_start: 1_793_696_400,
  period_end: 1_793_696_400,
  status_transitions: { finalized_at: 1_793_696_400, paid_at: 1_793_696_401, voided_at: null },
  parent: {
    type: 'subscription_details',
    quote_details: null,
    subscription_details: { subscription: 'sub_1', metadata: {} },
  },
  subtotal: 8800,
  total: 10_662,
  amount_due: 10_662,
  amount_paid: 10_662,
  amount_remaining: 0,
  amount_overpaid: 0,
  amount_shipping: 0,
  starting_balance: 0,
  ending_balance: 0,
  pre_payment_credit_notes_amount: 0,
  post_payment_credit_notes_amount: 0,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [{ amount: 5, type: 'discount', discount: 'di_1' }],
  total_taxes: [
    { amount: 1862, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: 'txr_1' }, type: 'tax_rate_details' },
  ],
  lines: { object: 'list', has_more: false, data: [credit, line] },
  payments: {
    object: 'list',
    data: [
      {
        id: 'inpay_1',
        object: 'invoice_payment',
        invoice: 'in_1',
        status: 'paid',
        amount_paid: 10_662,
        amount_requested: 10_662,
        currency: 'eur',
        payment: { type: 'payment_intent', payment_intent: 'pi_1' },
        status_transitions: { paid_at: 1_793_696_401, canceled_at: null },
      },
    ],
  },
}

const charge = {
  id: 'ch_1',
  object: 'charge',
  customer: 'cus_1',
  payment_intent: { id: 'pi_1' },
  amount: 10_662,
  amount_captured: 10_662,
  amount_refunded: 0,
  currency: 'eur',
  created: 1_793_696_401,
  status: 'succeeded',
  captured: true,
  disputed: false,
  description: null,
  failure_message: null,
  payment_method_details: { type: 'card', card: { brand: 'mastercard', last4: '4444', fingerprint: null } },
  metadata: {},
}

describe('Stripe objects as facts', () => {
  it('reads an invoice with its lines, taxes, credited items and payments', () => {
    const read = invoiceFacts(invoice)
    if (!read.ok) throw new Error(read.sentence)
    expect(read.facts).toMatchObject({
      customer: 'cus_1',
      subscription: 'sub_1',
      status: 'paid',
      creditGrants: 0,
      linesComplete: true,
    })
    expect(read.facts.lines[0]).toMatchObject({ proration: true, credits: { invoice: 'in_0', lines: ['il_0'] } })
    expect(read.facts.lines[1]).toMatchObject({
      kind: 'subscription_item',
      price: 'price_team',
      unitAmount: '4900',
      quantity: 2,
    })
    expect(read.facts.taxes).toEqual([{ amount: 1862, behavior: 'exclusive', rate: 'txr_1' }])
    expect(invoicePaymentFacts(invoice.payments.data[0])).toMatchObject({
      ok: true,
      facts: { paymentIntent: 'pi_1', amountPaid: 10_662 },
    })
  })

  it('gives facts that explain the charge', () => {
    const [read, paid] = [invoiceFacts(invoice), chargeFacts(charge)]
    if (!read.ok || !paid.ok) throw new Error('unreadable')
    const told = explainCharge({
      charge: paid.facts,
      invoice: read.facts,
      now: 1_793_700_000_000,
      timeZone: 'Europe/Berlin',
    })
    expect(told).toMatchObject({ closes: true, sentence: '= 106.62 EUR charged on 3 Nov to Mastercard 4444' })
  })

  it('reads a subscription, its period from the item and its source from metadata', () => {
    const item = {
      id: 'si_1',
      quantity: 5,
      current_period_start: 1,
      current_period_end: 2,
      price: {
        id: 'price_1',
        product: 'prod_1',
        nickname: null,
        currency: 'usd',
        unit_amount: null,
        recurring: { interval: 'year', interval_count: 1, usage_type: 'licensed' },
      },
    }
    const subscription = {
      object: 'subscription',
      id: 'sub_1',
      customer: 'cus_1',
      status: 'active',
      currency: 'usd',
      created: 1,
      items: { data: [item] },
      metadata: { mainstay_source: 'apple' },
    }
    const read = subscriptionFacts(subscription)
    expect(read).toMatchObject({
      ok: true,
      facts: { source: 'apple', startedAt: 1, items: [{ interval: 'year', quantity: 5, periodEnd: 2 }] },
    })
    expect(subscriptionFacts({ ...subscription, metadata: { mainstay_source: 'reseller' } })).toMatchObject({
      facts: { source: 'partner' },
    })
    expect(subscriptionFacts({ ...subscription, metadata: {} })).toMatchObject({ facts: { source: 'stripe' } })
  })

  it('reads customers, also deleted ones', () => {
    expect(billingCustomerFacts({ object: 'customer', id: 'cus_1', deleted: true })).toMatchObject({
      ok: true,
      facts: { deleted: true, balance: 0 },
    })
    expect(
      billingCustomerFacts({
        object: 'customer',
        id: 'cus_1',
        email: 'a@b.io',
        created: 1,
        balance: -5,
        address: { country: 'DE' },
      }),
    ).toMatchObject({
      facts: { email: 'a@b.io', country: 'DE', balance: -5, deleted: false },
    })
  })

  it('refuses what is not the object asked for, naming the field', () => {
    expect(chargeFacts({ ...charge, amount: 10.5 })).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('This charge from Stripe cannot be read: amount'),
    })
    for (const wrong of [null, 'x', [], {}, { ...charge, object: 'refund' }]) expect(chargeFacts(wrong).ok).toBe(false)
  })
})

const fixtures = `${process.env.TEST_DATA_DIR ?? '../shared/data'}/contracts/stripe/fixtures3.json`
describe.skipIf(!existsSync(fixtures))("Stripe's example objects (skipped without TEST_DATA_DIR)", () => {
  const { resources } = existsSync(fixtures) ? JSON.parse(readFileSync(fixtures, 'utf8')) : { resources: {} }
  it.each([
    ['customer', billingCustomerFacts],
    ['charge', chargeFacts],
    ['refund', refundFacts],
    ['credit_note', creditNoteFacts],
    ['dispute', disputeFacts],
    ['invoice', invoiceFacts],
    ['invoice_payment', invoicePaymentFacts],
    ['subscription', subscriptionFacts],
  ])('reads %s', (name, facts) => {
    expect(facts(resources[name])).toMatchObject({ ok: true, facts: { id: resources[name].id } })
  })
})
