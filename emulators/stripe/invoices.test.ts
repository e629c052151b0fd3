import { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

type World = Awaited<ReturnType<typeof startStripe>>

/** A draft with one line of the given minor units. */
async function draft({ stripe }: World, amount: number, more: Partial<Stripe.InvoiceCreateParams> = {}, card?: string) {
  const { customer, product } = await shop(stripe, card === undefined ? {} : { card })
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: 'usd', ...more })
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount, description: 'Seats' })
  return { customer, product, invoice: await stripe.invoices.retrieve(invoice.id) }
}

async function opened(world: World, amount: number, more: Partial<Stripe.InvoiceCreateParams> = {}, card?: string) {
  const made = await draft(world, amount, more, card)
  return { ...made, invoice: await world.stripe.invoices.finalizeInvoice(made.invoice.id) }
}

const net = { collection_method: 'send_invoice', days_until_due: 14 } as const

test('a draft takes lines of every sort, follows their changes, and gives them up again', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { customer, product, invoice } = await draft(world, 1000)
  const pending = await stripe.invoiceItems.create({ customer: customer.id, amount: 300, currency: 'usd' })
  const added = await stripe.invoices.addLines(invoice.id, {
    lines: [
      {
        price_data: { currency: 'usd', product: product.id, unit_amount_decimal: Stripe.Decimal.from('12.5') },
        quantity: 3,
      },
      { invoice_item: pending.id },
      { amount: -200, description: 'Goodwill' },
    ],
    invoice_metadata: { source: 'desk' },
  })
  expect(added.lines.data.map((line) => [line.amount, line.quantity, line.description])).toEqual([
    [1000, 1, 'Seats'],
    [38, 3, 'Pro'],
    [300, 1, null],
    [-200, 1, 'Goodwill'],
  ])
  expect(added).toMatchObject({ subtotal: 1138, total: 1138, amount_due: 1138, metadata: { source: 'desk' } })
  const [seats, , moved, goodwill] = added.lines.data.map(({ id }) => id)
  await stripe.invoices.updateLineItem(invoice.id, String(seats), { quantity: 3 })
  const less = await stripe.invoices.removeLines(invoice.id, {
    lines: [
      { id: String(moved), behavior: 'unassign' },
      { id: String(goodwill), behavior: 'delete' },
    ],
  })
  expect(less).toMatchObject({
    total: 3038,
    lines: { data: [{ id: seats, amount: 3000, quantity: 3 }, { amount: 38 }] },
  })
  expect((await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data.map(({ id }) => id)).toEqual([
    pending.id,
  ])
  expect(await stripe.invoices.del(invoice.id)).toMatchObject({ deleted: true })
  expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toHaveLength(1)
  expect(await refusal(stripe.invoices.retrieve(invoice.id))).toMatchObject({ statusCode: 404 })
})

test('a finalised invoice keeps its money, terms and papers; only its notes may change', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { invoice } = await opened(world, 9000, {
    ...net,
    custom_fields: [{ name: 'PO number', value: 'PO-4711' }],
    footer: 'Thank you',
    number: 'DESK-1',
  })
  expect(invoice).toMatchObject({
    number: 'DESK-1',
    custom_fields: [{ name: 'PO number', value: 'PO-4711' }],
    footer: 'Thank you',
    due_date: invoice.created + 14 * 86_400,
  })
  expect(await refusal(stripe.invoices.update(invoice.id, { footer: 'x' }))).toMatchObject({
    code: 'invoice_not_editable',
  })
  const line = String(invoice.lines.data[0]?.id)
  const late = stripe.invoices.updateLineItem(invoice.id, line, { amount: 1 })
  expect(await refusal(late)).toMatchObject({ code: 'invoice_not_editable' })
  expect(await stripe.invoices.update(invoice.id, { description: 'Ours' })).toMatchObject({ description: 'Ours' })
  const field = (name: string) => ({ name, value: 'x' })
  for (const [given, param] of [
    [{ ...net, number: 'DESK-1' }, 'number'],
    [{ ...net, due_date: 9_999_999_999 }, 'due_date'],
    [{ days_until_due: 5 }, 'days_until_due'],
    [{ collection_method: 'send_invoice' }, 'days_until_due'],
    [{ collection_method: 'send_invoice', due_date: 1 }, 'due_date'],
    [{ custom_fields: ['a', 'b', 'c', 'd', 'e'].map(field) }, 'custom_fields'],
  ] as const) {
    const made = stripe.invoices.create({ customer: String(invoice.customer), ...given } as Stripe.InvoiceCreateParams)
    expect(await refusal(made), param).toMatchObject({ statusCode: 400, param })
  }
})

test('a sent invoice falls overdue by the clock and can still be paid by card, outside, or written off', async () => {
  const world = await startStripe()
  const { stripe, clock } = world
  const { invoice } = await opened(world, 9000, net)
  await stripe.invoices.sendInvoice(invoice.id)
  clock.setOffset(13 * DAY)
  expect((await stripe.events.list({ type: 'invoice.overdue' })).data).toHaveLength(0)
  clock.setOffset(15 * DAY)
  expect((await stripe.events.list({ type: 'invoice.overdue' })).data).toHaveLength(1)
  expect(await stripe.invoices.markUncollectible(invoice.id)).toMatchObject({ status: 'uncollectible' })
  expect((await refusal(stripe.invoices.sendInvoice(invoice.id))).statusCode).toBe(400)
  const paid = await stripe.invoices.pay(invoice.id, { paid_out_of_band: true })
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 9000, amount_paid_off_stripe: 9000, amount_remaining: 0 })
  const [payment] = (await stripe.invoicePayments.list({ invoice: invoice.id })).data
  expect(payment?.status).toBe('canceled')
  expect(await refusal(stripe.invoices.voidInvoice(invoice.id))).toMatchObject({ statusCode: 400 })
  expect(await refusal(stripe.invoices.pay(invoice.id))).toMatchObject({ code: 'invoice_already_paid' })
})

test('several payments share one invoice; the default one asks for the rest', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { customer, invoice } = await opened(world, 10_000)
  const part = await stripe.paymentIntents.create({ amount: 4000, currency: 'usd', customer: customer.id })
  await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_paid: 0, amount_remaining: 10_000 })
  await stripe.paymentIntents.confirm(part.id, { payment_method: 'pm_card_visa' })
  const half = await stripe.invoices.retrieve(invoice.id, { expand: ['payments'] })
  expect(half).toMatchObject({ status: 'open', amount_due: 10_000, amount_paid: 4000, amount_remaining: 6000 })
  expect(half.payments?.data).toMatchObject([
    { is_default: true, status: 'open', amount_requested: 6000, amount_paid: null },
    { is_default: false, status: 'paid', amount_requested: 4000, amount_paid: 4000 },
  ])
  expect((await refusal(stripe.invoices.voidInvoice(invoice.id))).message).toMatch(/partially paid/)
  const done = await stripe.invoices.pay(invoice.id)
  expect(done).toMatchObject({ status: 'paid', amount_paid: 10_000, amount_remaining: 0, amount_overpaid: 0 })
  const charges = await stripe.charges.list({ customer: customer.id })
  expect(charges.data.map(({ amount }) => amount)).toEqual([6000, 4000])
})

test('two payments for one invoice: the second is overpaid and becomes credit', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { customer, invoice } = await opened(world, 5000)
  const intents = await Promise.all(
    [1, 2].map(() => stripe.paymentIntents.create({ amount: 5000, currency: 'usd', customer: customer.id })),
  )
  for (const { id } of intents) await stripe.invoices.attachPayment(invoice.id, { payment_intent: id })
  for (const { id } of intents) await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: 'paid',
    amount_paid: 5000,
    amount_overpaid: 5000,
  })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -5000 })
  const [entry] = (await stripe.customers.listBalanceTransactions(customer.id)).data
  expect(entry).toMatchObject({ type: 'invoice_overpaid', amount: -5000, invoice: invoice.id })
  expect((await stripe.events.list({ type: 'invoice.overpaid' })).data).toHaveLength(1)
  const wrong = await stripe.paymentIntents.create({ amount: 5000, currency: 'eur', customer: customer.id })
  const other = await opened(world, 5000)
  const strange = stripe.invoices.attachPayment(other.invoice.id, { payment_intent: wrong.id })
  expect((await refusal(strange)).message).toMatch(/same currency and customer/)
})

test('credit pays first and comes back when the invoice is voided; too little to charge waits as debt', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { customer, invoice } = await draft(world, 3000)
  await stripe.customers.createBalanceTransaction(customer.id, { amount: -1000, currency: 'usd' })
  const open = await stripe.invoices.finalizeInvoice(invoice.id)
  expect(open).toMatchObject({ starting_balance: -1000, ending_balance: 0, total: 3000, amount_due: 2000 })
  await stripe.invoices.voidInvoice(open.id)
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1000 })
  const entries = (await stripe.customers.listBalanceTransactions(customer.id, { invoice: open.id })).data
  expect(entries.map(({ type, amount }) => [type, amount])).toEqual([
    ['unapplied_from_invoice', -1000],
    ['applied_to_invoice', 1000],
  ])
  const small = await opened(world, 49)
  expect(small.invoice).toMatchObject({ status: 'paid', total: 49, amount_due: 0, amount_paid: 0, ending_balance: 49 })
  const [debt] = (await stripe.customers.listBalanceTransactions(small.customer.id)).data
  expect(debt).toMatchObject({ type: 'invoice_too_small', amount: 49 })
})

test('tries by hand after the first do not count against the retries Stripe makes', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { customer, invoice } = await opened(world, 2000, {}, 'pm_card_chargeCustomerFail')
  for (const _ of [1, 2])
    expect(await refusal(stripe.invoices.pay(invoice.id))).toMatchObject({ code: 'card_declined' })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    attempt_count: 1,
    attempted: true,
    status: 'open',
  })
  const other = await shop(stripe)
  const theirs = String(other.customer.invoice_settings.default_payment_method)
  expect(await refusal(stripe.invoices.pay(invoice.id, { payment_method: theirs }))).toMatchObject({
    param: 'payment_method',
  })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const paid = await stripe.invoices.pay(invoice.id, { payment_method: method.id })
  expect(paid).toMatchObject({ status: 'paid', attempt_count: 1 })
})

test('a draft left to itself is finalised when it says, and collected', async () => {
  const world = await startStripe()
  const { stripe, clock } = world
  const { invoice } = await draft(world, 2000)
  const at = Math.floor(clock.now() / 1000) + 3 * 86_400
  await stripe.invoices.update(invoice.id, { automatically_finalizes_at: at })
  clock.setOffset(2 * DAY)
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'draft', auto_advance: true })
  clock.setOffset(4 * DAY)
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: 'paid',
    effective_at: at,
    attempt_count: 1,
  })
})
