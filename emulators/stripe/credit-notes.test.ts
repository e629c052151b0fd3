import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

type World = Awaited<ReturnType<typeof startStripe>>

async function openInvoice({ stripe }: World, amounts: number[], more: Partial<Stripe.InvoiceCreateParams> = {}) {
  const { customer } = await shop(stripe)
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'usd', ...more })
  await stripe.invoices.addLines(draft.id, { lines: amounts.map((amount) => ({ amount, description: 'Line' })) })
  return stripe.invoices.finalizeInvoice(draft.id)
}

async function payPart({ stripe }: World, invoice: Stripe.Invoice, amount: number, card = 'pm_card_visa') {
  const intent = await stripe.paymentIntents.create({ amount, currency: 'usd', customer: String(invoice.customer) })
  await stripe.invoices.attachPayment(invoice.id, { payment_intent: intent.id })
  const done = await stripe.paymentIntents.confirm(intent.id, { payment_method: card })
  return String(done.latest_charge)
}

test('crediting part of a line gives back its tax in the same share; crediting all of it leaves nothing', async () => {
  const world = await startStripe()
  const { stripe } = world
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false })
  const invoice = await openInvoice(world, [10_000, 33], { default_tax_rates: [vat.id] })
  await stripe.invoices.pay(invoice.id)
  const [big, small] = invoice.lines.data.map(({ id }) => id)
  const part = [{ type: 'invoice_line_item' as const, invoice_line_item: String(big), amount: 2500 }]
  const preview = await stripe.creditNotes.preview({ invoice: invoice.id, lines: part })
  expect(preview).toMatchObject({
    subtotal: 2500,
    total: 2975,
    total_excluding_tax: 2500,
    total_taxes: [{ amount: 475, taxable_amount: 2500 }],
  })
  const unplaced = stripe.creditNotes.create({ invoice: invoice.id, lines: part, refund_amount: 2500 })
  expect((await refusal(unplaced)).message).toMatch(/\$25.00\) must equal the credit note amount \(\$29.75/)
  await stripe.creditNotes.create({ invoice: invoice.id, lines: part, refund_amount: 2975 })
  const rest = [
    { ...(part[0] as (typeof part)[0]), amount: 7500 },
    { type: 'invoice_line_item' as const, invoice_line_item: String(small) },
  ]
  const last = await stripe.creditNotes.create({ invoice: invoice.id, lines: rest, out_of_band_amount: 8964 })
  expect(last).toMatchObject({ subtotal: 7533, total: 8964, total_taxes: [{ amount: 1431 }], out_of_band_amount: 8964 })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    total: 11_939,
    post_payment_credit_notes_amount: 11_939,
  })
})

test('a line of the note’s own words is taxed by the rates it names', async () => {
  const world = await startStripe()
  const { stripe } = world
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 25, inclusive: true })
  const invoice = await openInvoice(world, [5000])
  const line = { type: 'custom_line_item' as const, description: 'Goodwill', unit_amount: 500, quantity: 2 }
  const lines = [{ ...line, tax_rates: [vat.id] }]
  const note = await stripe.creditNotes.create({ invoice: invoice.id, lines, reason: 'product_unsatisfactory' })
  expect(note).toMatchObject({
    total: 1000,
    total_excluding_tax: 800,
    type: 'pre_payment',
    total_taxes: [{ amount: 200 }],
  })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_due: 4000, amount_remaining: 4000 })
})

test('a note on a partly paid invoice lowers what is open first and gives back the rest', async () => {
  const world = await startStripe()
  const { stripe } = world
  const invoice = await openInvoice(world, [10_000])
  await payPart(world, invoice, 6000)
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 5000, credit_amount: 1000 })
  expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 4000, post_payment_amount: 1000 })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: 'paid',
    amount_due: 6000,
    amount_paid: 6000,
    amount_remaining: 0,
    pre_payment_credit_notes_amount: 4000,
    post_payment_credit_notes_amount: 1000,
  })
})

test('one note refunds several charges of its invoice, the newest first', async () => {
  const world = await startStripe()
  const { stripe } = world
  const invoice = await openInvoice(world, [10_000])
  const [older, newer] = [await payPart(world, invoice, 6000), await payPart(world, invoice, 4000)]
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 7000, refund_amount: 7000 })
  const refunds = await Promise.all(note.refunds.map(({ refund }) => stripe.refunds.retrieve(String(refund))))
  expect(refunds.map(({ charge, amount }) => [charge, amount])).toEqual([
    [newer, 4000],
    [older, 3000],
  ])
  const loose = await stripe.refunds.create({ charge: older, amount: 1000 })
  const over = stripe.creditNotes.create({ invoice: invoice.id, amount: 3000, credit_amount: 3000 })
  expect((await refusal(over)).message).toMatch(/after refunds/)
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 1000, refunds: [{ refund: loose.id }] })
  const twice = stripe.creditNotes.create({ invoice: invoice.id, amount: 1000, refunds: [{ refund: loose.id }] })
  expect((await refusal(twice)).message).toMatch(/already linked/)
  const stranger = await openInvoice(world, [5000])
  await stripe.invoices.pay(stranger.id)
  const wrong = stripe.creditNotes.create({ invoice: stranger.id, amount: 1000, refunds: [{ refund: loose.id }] })
  expect((await refusal(wrong)).message).toMatch(/not of a payment of this invoice/)
})

test('a refund that asks the customer waits, and is completed, cancelled, or lapses', async () => {
  const world = await startStripe()
  const { stripe, control, clock } = world
  const asked = async () => {
    const payment_method = 'pm_card_refundRequiresAction'
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd', payment_method, confirm: true })
    return stripe.refunds.create({ charge: String(intent.latest_charge) })
  }
  const [done, taken, lapsed] = [await asked(), await asked(), await asked()]
  expect(done).toMatchObject({ status: 'requires_action', next_action: { type: 'display_details' } })
  await control('POST', `/refunds/${done.id}/complete`)
  expect(await stripe.refunds.retrieve(done.id)).toMatchObject({ status: 'succeeded' })
  expect(await refusal(stripe.refunds.cancel(done.id))).toMatchObject({ statusCode: 400 })
  const canceled = await stripe.refunds.cancel(taken.id, { expand: ['failure_balance_transaction'] })
  expect(canceled).toMatchObject({
    status: 'canceled',
    failure_balance_transaction: { type: 'refund_failure', amount: 1000 },
  })
  expect(await stripe.charges.retrieve(String(taken.charge))).toMatchObject({ amount_refunded: 0, refunded: false })
  clock.setOffset(46 * DAY)
  expect(await stripe.refunds.retrieve(lapsed.id)).toMatchObject({ status: 'failed' })
  expect(await stripe.refunds.retrieve(taken.id)).toMatchObject({ status: 'canceled' })
  expect((await stripe.events.list({ type: 'refund.failed' })).data).toHaveLength(1)
})
