import type { Stripe } from 'stripe'
import {
  chargeOf,
  customerOf,
  invoiceOf,
  latestOf,
  priceOf,
  rateOf,
  type Draw,
  type History,
  type HistoryWorld,
} from './history.ts'

/** A paid invoice of two lines with tax, with what then becomes of it. */
function paid(
  then: (
    world: HistoryWorld,
    draw: Draw,
    paid: { customer: string; invoice: Stripe.Invoice; charge: string },
  ) => Promise<unknown>,
  card?: string,
): History {
  return async function* (world, draw) {
    const customer = await customerOf(world, {}, card)
    const rate = await rateOf(world, 19, false)
    const open = await invoiceOf(world, customer, [draw(2000, 9000), 1234], { default_tax_rates: [rate.id] })
    const invoice = await world.stripe.invoices.pay(open.id)
    await then(world, draw, { customer, invoice, charge: (await chargeOf(world, customer)).id })
    yield
    yield
    return customer
  }
}

/** A charge that belongs to no invoice, with what then becomes of it. */
function bare(
  more: Partial<Stripe.PaymentIntentCreateParams>,
  then: (world: HistoryWorld, intent: Stripe.PaymentIntent) => Promise<unknown> = async () => undefined,
): History {
  return async function* (world, draw) {
    const customer = await customerOf(world)
    const intent = await world.stripe.paymentIntents.create({
      customer,
      amount: draw(1000, 90_000),
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      ...more,
    })
    await then(world, intent)
    yield
    return customer
  }
}

const dispute = (world: HistoryWorld, charge: string, more: object = {}) =>
  world.control<{ id: string }>('POST', '/disputes', { charge, ...more })

const open = (
  more: Stripe.InvoiceCreateParams,
  then: (world: HistoryWorld, invoice: Stripe.Invoice) => Promise<unknown>,
): History =>
  async function* (world, draw) {
    const customer = await customerOf(world)
    await then(world, await invoiceOf(world, customer, [draw(3000, 9000)], more))
    yield
    yield
    return customer
  }

/** Part of an invoice, paid by a payment of its own. */
async function payPart({ stripe }: HistoryWorld, invoice: Stripe.Invoice, amount: number) {
  const customer = String(invoice.customer)
  const part = await stripe.paymentIntents.create({ amount, currency: 'usd', customer })
  await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id })
  await stripe.paymentIntents.confirm(part.id, { payment_method: 'pm_card_visa' })
}

const terms = { collection_method: 'send_invoice', days_until_due: 14 } as const

/** How invoices are paid or not, and what comes back. */
export const payments: Record<string, History> = {
  'net terms, overdue': open(terms, async () => undefined),
  'paid outside Stripe': open(terms, ({ stripe }, { id }) => stripe.invoices.pay(id, { paid_out_of_band: true })),
  'given up, then paid outside': open(terms, async ({ stripe }, { id }) => {
    await stripe.invoices.markUncollectible(id)
    await stripe.invoices.pay(id, { paid_out_of_band: true })
  }),
  voided: open({}, ({ stripe }, { id }) => stripe.invoices.voidInvoice(id)),
  'a part paid': open({}, (world, invoice) => payPart(world, invoice, 1000)),
  'paid in parts': open({}, async (world, invoice) => {
    await payPart(world, invoice, 1000)
    await payPart(world, invoice, 500)
    await world.stripe.invoices.pay(invoice.id)
  }),
  'a part paid, the rest outside': open({}, async (world, invoice) => {
    await payPart(world, invoice, 1000)
    await world.stripe.invoices.pay(invoice.id, { paid_out_of_band: true })
  }),
  'paid too much': open({}, async (world, invoice) => {
    const order = { amount: invoice.amount_due, currency: 'usd', customer: String(invoice.customer) }
    const intents = [await world.stripe.paymentIntents.create(order), await world.stripe.paymentIntents.create(order)]
    for (const { id } of intents) await world.stripe.invoices.attachPayment(invoice.id, { payment_intent: id })
    for (const { id } of intents) await world.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
  }),
  'a credit note before payment': open({}, async ({ stripe }, { id }) => {
    await stripe.creditNotes.create({ invoice: id, amount: 900 })
    await stripe.invoices.pay(id)
  }),
  'a credit note before payment, taken back': open({}, async ({ stripe }, { id }) => {
    const note = await stripe.creditNotes.create({ invoice: id, amount: 900 })
    await stripe.creditNotes.voidCreditNote(note.id)
    await stripe.creditNotes.create({ invoice: id, amount: 100 })
  }),
  'a credit note for all of it before payment': open({}, ({ stripe }, { id, total }) =>
    stripe.creditNotes.create({ invoice: id, amount: total }),
  ),
  'a credit note after payment, refunded': paid(({ stripe }, draw, { invoice }) => {
    const amount = draw(100, 900)
    return stripe.creditNotes.create({ invoice: invoice.id, amount, refund_amount: amount })
  }),
  'a credit note of a line, to card, account and outside': paid(({ stripe }, _, { invoice }) => {
    const [line] = invoice.lines.data
    const total = (line?.amount ?? 0) + (line?.taxes?.[0]?.amount ?? 0)
    return stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: String(line?.id), quantity: 1 }],
      refund_amount: total - 700,
      credit_amount: 400,
      out_of_band_amount: 300,
    })
  }),
  'a refund, then its credit note': paid(async ({ stripe }, _, { invoice, charge }) => {
    const refund = await stripe.refunds.create({ charge, amount: 800 })
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 800, refunds: [{ refund: refund.id }] })
  }),
  'refunds, of all in the end': paid(async ({ stripe }, _, { charge }) => {
    await stripe.refunds.create({ charge, amount: 800 })
    await stripe.refunds.create({ charge })
  }),
  'a refund on its way': paid(
    ({ stripe }, _, { charge }) => stripe.refunds.create({ charge, amount: 800 }),
    'pm_card_pendingRefund',
  ),
  'a refund that fails': paid(
    ({ stripe }, _, { charge }) => stripe.refunds.create({ charge, amount: 800 }),
    'pm_card_refundFail',
  ),
  'a refund the customer must claim, called off': paid(async ({ stripe }, _, { charge }) => {
    const refund = await stripe.refunds.create({ charge, amount: 800 })
    await stripe.refunds.cancel(refund.id)
  }, 'pm_card_refundRequiresAction'),
  'a dispute not decided': paid((world, _, { charge }) => dispute(world, charge)),
  'a dispute won': paid(async (world, _, { charge }) => {
    const { id } = await dispute(world, charge)
    await world.control('POST', `/disputes/${id}/resolve`, { outcome: 'won' })
  }),
  'a dispute of a part lost, after a refund': paid(async (world, _, { charge }) => {
    await world.stripe.refunds.create({ charge, amount: 500 })
    const { id } = await dispute(world, charge, { amount: 1000 })
    await world.control('POST', `/disputes/${id}/resolve`, { outcome: 'lost' })
  }),
  'an inquiry': paid((world, _, { charge }) => dispute(world, charge, { status: 'warning_needs_response' })),
  'a card that fails first': async function* (world) {
    const customer = await customerOf(world, {}, 'pm_card_chargeCustomerFail')
    const price = await priceOf(world, { unit_amount: 4900 })
    const sub = await world.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: 'allow_incomplete',
    })
    const invoice = await latestOf(world, sub.id)
    const visa = await world.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await world.stripe.invoices.pay(invoice.id, { payment_method: visa.id })
    yield
    yield
    yield
    return customer
  },
  'a first payment never made': async function* (world) {
    const customer = await customerOf(world, {}, 'pm_card_chargeCustomerFail')
    const price = await priceOf(world, { unit_amount: 4900 })
    await world.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: 'allow_incomplete',
    })
    yield
    return customer
  },
  ...Object.fromEntries(
    ['eur', 'gbp', 'jpy', 'kwd', 'isk'].map((currency): [string, History] => [
      `in ${currency}, settled in usd`,
      async function* (world, draw) {
        const customer = await customerOf(world)
        // The last digit of three decimals is 0, and a króna has no parts.
        const unit = draw(50, 900) * (currency === 'kwd' ? 10 : currency === 'isk' ? 100 : 10)
        const price = await priceOf(world, { currency, unit_amount: unit })
        await world.stripe.subscriptions.create({ customer, items: [{ price: price.id, quantity: draw(2, 5) }] })
        const charge = await chargeOf(world, customer)
        yield
        await world.stripe.refunds.create({ charge: charge.id, amount: unit })
        yield
        return customer
      },
    ]),
  ),
  'a price in another currency than its own': async function* (world) {
    const customer = await customerOf(world)
    const price = await priceOf(world, { unit_amount: 900, currency_options: { eur: { unit_amount: 830 } } })
    const sub = await world.stripe.subscriptions.create({
      customer,
      currency: 'eur',
      items: [{ price: price.id, quantity: 3 }],
    })
    yield
    await world.stripe.subscriptions.update(sub.id, {
      items: [{ id: sub.items.data[0]?.id ?? '', quantity: 5 }],
      proration_behavior: 'always_invoice',
    })
    yield
    return customer
  },
  'a charge without invoice': bare({ description: 'Workshop' }),
  'a charge without invoice, in euros, refunded in part': bare({ currency: 'eur' }, ({ stripe }, { id }) =>
    stripe.refunds.create({ payment_intent: id, amount: 700 }),
  ),
  'a held amount of which a part is taken': bare({ capture_method: 'manual' }, ({ stripe }, { id }) =>
    stripe.paymentIntents.capture(id, { amount_to_capture: 800 }),
  ),
  'a held amount never taken': bare({ capture_method: 'manual' }),
}
