import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

async function paidInvoice(world: Awaited<ReturnType<typeof startStripe>>) {
  const { customer, price } = await shop(world.stripe)
  const sub = await world.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 2 }],
    expand: ['latest_invoice'],
  })
  const charge = (await world.stripe.charges.list({ customer: customer.id })).data[0] as Stripe.Charge
  return { customer, sub, invoice: sub.latest_invoice as Stripe.Invoice, charge }
}

async function pay(stripe: Stripe, given: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    ...given,
  })
  return { intent, charge: String(intent.latest_charge) }
}

test('refunds add up to what was paid and never beyond', async () => {
  const { stripe } = await startStripe()
  const { intent, charge } = await pay(stripe)
  const part = await stripe.refunds.create({
    charge,
    amount: 400,
    reason: 'requested_by_customer',
    metadata: { operation_id: 'op_1' },
  })
  expect(part).toMatchObject({ status: 'succeeded', amount: 400, metadata: { operation_id: 'op_1' } })
  const over = await refusal(stripe.refunds.create({ charge, amount: 601 }))
  expect(over).toMatchObject({
    statusCode: 400,
    param: 'amount',
    message: 'Refund amount ($6.01) is greater than unrefunded amount on charge ($6.00)',
  })
  await stripe.refunds.create({ payment_intent: intent.id })
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 1000, refunded: true })
  expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ code: 'charge_already_refunded' })
  const money = await stripe.balanceTransactions.list({ type: 'refund' })
  expect(money.data.map((each) => [each.amount, each.fee])).toEqual([
    [-600, 0],
    [-400, 0],
  ])
  expect((await stripe.refunds.update(part.id, { metadata: { seen: 'yes' } })).metadata).toEqual({
    operation_id: 'op_1',
    seen: 'yes',
  })
  expect((await refusal(stripe.refunds.cancel(part.id))).statusCode).toBe(400)
  expect((await stripe.charges.retrieve(charge, { expand: ['refunds'] })).refunds?.data).toHaveLength(2)
})

test('a refund on another day costs another rate; a foreign charge is settled at home', async () => {
  const { stripe, clock } = await startStripe()
  const { charge } = await pay(stripe, { amount: 10_000, currency: 'eur' })
  clock.setOffset(3 * DAY)
  const refund = await stripe.refunds.create({ charge, expand: ['balance_transaction'] })
  const back = refund.balance_transaction as Stripe.BalanceTransaction
  const paid = (await stripe.balanceTransactions.list({ source: charge })).data[0] as Stripe.BalanceTransaction
  expect([paid.currency, back.currency]).toEqual(['usd', 'usd'])
  expect(paid.amount).toBe(Math.round(10_000 * (paid.exchange_rate ?? 0)))
  expect(back.amount).toBe(-Math.round(10_000 * (back.exchange_rate ?? 0)))
  expect(back.exchange_rate).not.toBe(paid.exchange_rate)
})

test('a credit note makes its refund in one step and knows the maximum', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { invoice, charge } = await paidInvoice(world)
  const line = String(invoice.lines.data[0]?.id)
  const lines = [{ type: 'invoice_line_item' as const, invoice_line_item: line, quantity: 1 }]
  expect(await stripe.creditNotes.preview({ invoice: invoice.id, lines })).toMatchObject({
    total: 2000,
    post_payment_amount: 2000,
  })
  const unplaced = await refusal(stripe.creditNotes.create({ invoice: invoice.id, lines }))
  expect(unplaced.message).toMatch(/sum of credit amount, refund amount and out of band amount \(\$0.00\)/)
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines,
    refund_amount: 2000,
    reason: 'order_change',
    metadata: { operation_id: 'op_2' },
  })
  expect(note).toMatchObject({ total: 2000, type: 'post_payment', status: 'issued', number: `${invoice.number}-CN-01` })
  const refund = await stripe.refunds.retrieve(String(note.refunds[0]?.refund))
  expect(refund).toMatchObject({ amount: 2000, charge: charge.id, metadata: {} })
  expect((await stripe.creditNotes.list({ invoice: invoice.id })).data[0]?.metadata).toEqual({ operation_id: 'op_2' })
  expect(await world.control('GET', `/ledger?charge=${charge.id}`)).toMatchObject({
    charges: [{ paid: 4000, refunded: 2000, refunds: [{ id: refund.id, creditNote: note.id }] }],
  })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    post_payment_credit_notes_amount: 2000,
    status: 'paid',
  })
  const over = await refusal(stripe.creditNotes.create({ invoice: invoice.id, amount: 2001, refund_amount: 2001 }))
  expect(over.message).toMatch(/exceeds the maximum/)
  expect((await refusal(stripe.creditNotes.voidCreditNote(note.id))).statusCode).toBe(400)
})

test('a refund made beside the notes lowers what a note may give, unless the note links it', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { invoice, charge } = await paidInvoice(world)
  const loose = await stripe.refunds.create({ charge: charge.id, amount: 3000 })
  expect(
    (await refusal(stripe.creditNotes.create({ invoice: invoice.id, amount: 1500, credit_amount: 1500 }))).message,
  ).toMatch(/after refunds/)
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 3000, refunds: [{ refund: loose.id }] })
  expect(note.refunds).toMatchObject([{ refund: loose.id, amount_refunded: 3000 }])
  const rest = await stripe.creditNotes.create({ invoice: invoice.id, amount: 1000, credit_amount: 1000 })
  const [entry] = (await stripe.customers.listBalanceTransactions(String(invoice.customer))).data
  expect(entry).toMatchObject({ type: 'credit_note', amount: -1000, credit_note: rest.id })
})

test('a note on an open invoice lowers what is owed, can be voided, and may settle it', async () => {
  const { stripe } = await startStripe()
  const { customer } = await shop(stripe)
  const draft = await stripe.invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 30,
  })
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 9000,
    currency: 'usd',
    description: 'Seats',
  })
  const open = await stripe.invoices.finalizeInvoice(draft.id)
  expect(open).toMatchObject({ status: 'open', amount_due: 9000 })
  const note = await stripe.creditNotes.create({ invoice: open.id, amount: 4000, reason: 'order_change' })
  expect(note).toMatchObject({ type: 'pre_payment', pre_payment_amount: 4000 })
  expect(await stripe.invoices.retrieve(open.id)).toMatchObject({
    amount_due: 5000,
    amount_remaining: 5000,
    pre_payment_credit_notes_amount: 4000,
    total: 9000,
  })
  await stripe.creditNotes.voidCreditNote(note.id)
  expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ amount_remaining: 9000 })
  await stripe.creditNotes.create({ invoice: open.id, amount: 9000 })
  expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_remaining: 0, amount_paid: 0 })
})

test('a dispute takes the money, blocks refunds, and gives it back when won', async () => {
  const { stripe, control } = await startStripe()
  const { charge } = await pay(stripe)
  const planted = await control<{ id: string }>('POST', '/disputes', { charge, reason: 'product_not_received' })
  const dispute = await stripe.disputes.retrieve(planted.id)
  expect(dispute).toMatchObject({
    amount: 1000,
    status: 'needs_response',
    balance_transactions: [{ amount: -1000, fee: 1500, net: -2500 }],
  })
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true })
  expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ code: 'charge_disputed', statusCode: 400 })
  expect((await control('GET', `/ledger?charge=${charge}`)).charges).toMatchObject([
    { paid: 1000, disputed: 1000, net: 0 },
  ])
  const staged = await stripe.disputes.update(dispute.id, {
    evidence: { product_description: 'Answers' },
    submit: false,
  })
  expect(staged).toMatchObject({
    status: 'needs_response',
    evidence_details: { has_evidence: true, submission_count: 0 },
  })
  await control('POST', `/disputes/${dispute.id}/resolve`, { outcome: 'won' })
  expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
    status: 'won',
    balance_transactions: [{ amount: -1000 }, { amount: 1000, fee: 0 }],
  })
  await stripe.refunds.create({ charge })
  const types = (await stripe.events.list({ type: 'charge.dispute.*' })).data.map((event) => event.type)
  expect(types.toReversed()).toEqual([
    'charge.dispute.created',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.updated',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_reinstated',
  ])
})

test('a dispute can be given up; an inquiry takes no money and leaves the charge refundable', async () => {
  const { stripe } = await startStripe()
  const lost = await pay(stripe, { payment_method: 'pm_card_createDispute' })
  const [dispute] = (await stripe.disputes.list({ charge: lost.charge })).data
  expect(await stripe.disputes.close(String(dispute?.id))).toMatchObject({ status: 'lost' })
  expect((await refusal(stripe.refunds.create({ charge: lost.charge }))).code).toBe('charge_disputed')
  const asked = await pay(stripe, { payment_method: 'pm_card_createDisputeInquiry' })
  const [inquiry] = (await stripe.disputes.list({ charge: asked.charge })).data
  expect(inquiry).toMatchObject({
    status: 'warning_needs_response',
    balance_transactions: [],
    is_charge_refundable: true,
  })
  expect((await stripe.refunds.create({ charge: asked.charge })).status).toBe('succeeded')
})

test('a refund that fails gives the money back to be refunded again', async () => {
  const { stripe, control, clock } = await startStripe()
  const { charge } = await pay(stripe)
  const refund = await stripe.refunds.create({ charge })
  await control('POST', '/refund_fails', { refund: refund.id })
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
  })
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false })
  expect((await stripe.refunds.create({ charge })).status).toBe('succeeded')

  const slow = await pay(stripe, { payment_method: 'pm_card_pendingRefund' })
  const pending = await stripe.refunds.create({ charge: slow.charge })
  expect(pending.status).toBe('pending')
  clock.setOffset(2 * DAY)
  expect((await stripe.refunds.retrieve(pending.id)).status).toBe('succeeded')
})
