import { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { moveTo, refusal, shop, startStripe } from './test-desk.ts'

/**
 * More worked examples of Stripe's public pages. `recomputed` marks rows whose total is not printed but follows from the prices the
 * page prints; `stated` marks rows whose rule the page says in words, with figures of our own.
 */
const TOKENS_POST = 'https://insiders.stripe.dev/t/how-to-charge-for-free-overflow-tokens/2696'
const PAY_AS_YOU_GO_PAGE = 'https://docs.stripe.com/billing/subscriptions/usage-based/implementation-guide'
const OVERAGES_PAGE = 'https://docs.stripe.com/billing/subscriptions/usage-based-v1/use-cases/flat-fee-and-overages'
const MODELS_PAGE = 'https://docs.stripe.com/billing/subscriptions/usage-based/pricing-models.md'

type Scheme = Omit<Stripe.PriceCreateParams, 'currency' | 'product' | 'recurring'>
const upTo = (free: number, flat: number, then: string): Scheme => ({
  billing_scheme: 'tiered',
  tiers_mode: 'graduated',
  tiers: [
    { up_to: free, unit_amount: 0, ...(flat === 0 ? {} : { flat_amount: flat }) },
    { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from(then) },
  ],
})
const perHundred: Scheme = { unit_amount: 4, transform_quantity: { divide_by: 100, round: 'up' } }

test.each([
  [TOKENS_POST, '4 USD up to 100,000 tokens, 0.000065 USD each more', 0, upTo(100_000, 400, '0.0065'), 100_070, 400],
  [TOKENS_POST, '4 USD up to 100,000 tokens, 0.000065 USD each more', 0, upTo(100_000, 400, '0.0065'), 100_000, 400],
  [PAY_AS_YOU_GO_PAGE, '0.04 USD per 100 tokens, recomputed', 0, perHundred, 15_000, 600],
  [PAY_AS_YOU_GO_PAGE, '0.04 USD per 100 tokens, recomputed', 0, perHundred, 15_001, 604],
  [OVERAGES_PAGE, '100 USD, 0.04 USD each over 1000, recomputed', 10_000, upTo(1000, 0, '4'), 1000, 10_000],
  [OVERAGES_PAGE, '100 USD, 0.04 USD each over 1000, recomputed', 10_000, upTo(1000, 0, '4'), 1500, 12_000],
  [MODELS_PAGE, '200 USD, 0.001 USD each over 100,000, recomputed', 20_000, upTo(100_000, 0, '0.1'), 150_000, 25_000],
  [MODELS_PAGE, '200 USD, 0.001 USD each over 100,000, recomputed', 20_000, upTo(100_000, 0, '0.1'), 99_999, 20_000],
])('%s: %s (%i in advance, %o): %i used', async (_page, _what, fee, scheme, used, total) => {
  const { stripe, clock } = await startStripe()
  const { customer, product, price } = await shop(stripe, { unit: fee })
  const meter = await stripe.billing.meters.create({
    default_aggregation: { formula: 'sum' },
    display_name: 'Tokens',
    event_name: 'tokens',
  })
  const recurring = { interval: 'month' as const, usage_type: 'metered' as const, meter: meter.id }
  const metered = await stripe.prices.create({ product: product.id, currency: 'usd', recurring, ...scheme })
  const items = [...(fee === 0 ? [] : [{ price: price.id }]), { price: metered.id }]
  const sub = await stripe.subscriptions.create({ customer: customer.id, items })
  for (const value of [used - 1, 1])
    await stripe.billing.meterEvents.create({
      event_name: 'tokens',
      payload: { stripe_customer_id: customer.id, value: String(value) },
    })
  moveTo(clock, ((sub.items.data[0]?.current_period_end ?? 0) + 7200) * 1000)
  const after = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  expect(after.latest_invoice).toMatchObject({ billing_reason: 'subscription_cycle', total, status: 'paid' })
})

const BALANCE_PAGE = 'https://docs.stripe.com/billing/customer/balance'

/** A finalised invoice over so many minor units, of a customer who has nothing else. */
async function invoiced(amount: number, balance = 0, more: Partial<Stripe.InvoiceCreateParams> = {}) {
  const { stripe } = await startStripe()
  const { customer } = await shop(stripe)
  if (balance !== 0) await stripe.customers.createBalanceTransaction(customer.id, { amount: balance, currency: 'usd' })
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'usd', ...more })
  await stripe.invoiceItems.create({ customer: customer.id, currency: 'usd', invoice: draft.id, amount })
  const invoice = await stripe.invoices.finalizeInvoice(draft.id)
  const owed = async () => ((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance
  const ledger = async () =>
    (await stripe.customers.listBalanceTransactions(customer.id)).data.map(({ type, amount: moved }) => [type, moved])
  return { stripe, customer, invoice, owed, ledger }
}

test.each([
  [
    BALANCE_PAGE,
    'a credit reduces the next invoice, stated',
    -1000,
    3000,
    2000,
    0,
    'open',
    [['applied_to_invoice', 1000]],
  ],
  [
    BALANCE_PAGE,
    'a credit that is larger stays, stated',
    -5000,
    3000,
    0,
    -2000,
    'paid',
    [['applied_to_invoice', 3000]],
  ],
  [
    BALANCE_PAGE,
    'a debit increases the next invoice, stated',
    1000,
    3000,
    4000,
    0,
    'open',
    [['applied_to_invoice', -1000]],
  ],
  [BALANCE_PAGE, 'less than can be charged becomes a debit, stated', 0, 30, 0, 30, 'paid', [['invoice_too_small', 30]]],
] as const)('%s: %s: %i before %i', async (_page, _what, before, total, amount_due, ending, status, moved) => {
  const { invoice, owed, ledger } = await invoiced(total, before)
  expect(invoice).toMatchObject({ total, amount_due, status, starting_balance: before, ending_balance: ending })
  expect(await owed()).toBe(ending)
  expect((await ledger()).slice(0, moved.length)).toEqual(moved)
})

test(`${BALANCE_PAGE}: a credit of 10 USD is undone by a debit of 10 USD, each cancelling the other out`, async () => {
  const { stripe } = await startStripe()
  const { customer } = await shop(stripe)
  const move = (amount: number) => stripe.customers.createBalanceTransaction(customer.id, { amount, currency: 'usd' })
  expect((await move(-1000)).ending_balance).toBe(-1000)
  expect((await move(1000)).ending_balance).toBe(0)
})

const NOTES_PAGE = 'https://stripe.com/docs/billing/invoices/credit-notes'

test(`${NOTES_PAGE}: 110 USD billed instead of 100 USD`, async () => {
  const sends = { collection_method: 'send_invoice' as const, days_until_due: 30 }
  const open = await invoiced(11_000, 0, sends)
  const note = await open.stripe.creditNotes.create({ invoice: open.invoice.id, amount: 1000 })
  expect(note).toMatchObject({ total: 1000, pre_payment_amount: 1000, post_payment_amount: 0 })
  expect(await open.stripe.invoices.retrieve(open.invoice.id)).toMatchObject({
    amount_remaining: 10_000,
    total: 11_000,
  })
  const paid = await invoiced(11_000)
  await paid.stripe.invoices.pay(paid.invoice.id)
  const credit = { invoice: paid.invoice.id, amount: 1000, credit_amount: 1000 }
  const given = await paid.stripe.creditNotes.create(credit)
  expect(given).toMatchObject({ total: 1000, pre_payment_amount: 0, post_payment_amount: 1000 })
  expect(await paid.owed()).toBe(-1000)
})

test.each([
  [NOTES_PAGE, '15 items were billed and 13 are in stock, recomputed', 15, 2],
  [NOTES_PAGE, 'three shirts were billed and two bought, recomputed', 3, 1],
])('%s: %s', async (_page, _what, billed, back) => {
  const { stripe } = await startStripe()
  const { customer } = await shop(stripe)
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'usd' })
  const unit = { unit_amount_decimal: Stripe.Decimal.from('2000'), quantity: billed }
  await stripe.invoiceItems.create({ customer: customer.id, currency: 'usd', invoice: draft.id, ...unit })
  const invoice = await stripe.invoices.pay(draft.id)
  const line = invoice.lines.data[0] as Stripe.InvoiceLineItem
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: 'invoice_line_item', invoice_line_item: line.id, quantity: back }],
    refund_amount: back * 2000,
  })
  expect(note).toMatchObject({ total: back * 2000, post_payment_amount: back * 2000 })
  expect(note.lines.data[0]).toMatchObject({ quantity: back, invoice_line_item: line.id })
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data
  expect(charge).toMatchObject({ amount: billed * 2000, amount_refunded: back * 2000 })
})

test(`${NOTES_PAGE}: the sum of all credit notes cannot exceed the invoice's total, stated`, async () => {
  const { stripe, invoice } = await invoiced(10_000)
  await stripe.invoices.pay(invoice.id)
  const note = (amount: number) => stripe.creditNotes.create({ invoice: invoice.id, amount, credit_amount: amount })
  await note(6000)
  expect((await refusal(note(4001))).message).toContain('exceeds the maximum creditable amount')
  expect((await note(4000)).total).toBe(4000)
})

const PLACEMENT_PAGE = 'https://docs.stripe.com/changelog/2019-12-03/post-payment-credit-note-requirement'

test(`${PLACEMENT_PAGE}: what is neither refunded nor credited must be said to be given outside, stated`, async () => {
  const { stripe, invoice } = await invoiced(10_000)
  await stripe.invoices.pay(invoice.id)
  const note = { invoice: invoice.id, amount: 3000, credit_amount: 1000, refund_amount: 500 }
  expect((await refusal(stripe.creditNotes.create(note))).message).toContain('must equal the credit note amount')
  const placed = await stripe.creditNotes.create({ ...note, out_of_band_amount: 1500 })
  expect(placed).toMatchObject({ total: 3000, out_of_band_amount: 1500 })
})
