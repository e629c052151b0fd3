import type { Caller } from '../caller.ts'
import { startStripeWorld, type StripeWorld } from '../billing/stripe-world.ts'
import type { WebDesk } from '../web-desk.ts'
import type { KnownIds } from './example.ts'
import { productAction, productOrder } from './examples.ts'

/** A Stripe for a desk to talk to, told to `webDesk` by its address. */
export async function stripeWorld(): Promise<StripeWorld> {
  return startStripeWorld(Temporal.Instant.from('2026-11-02T09:00:00Z').epochMilliseconds)
}

/**
 * A customer who paid more than an agent may give back, linked to the contact, with a refund that waits for somebody else's
 * approval and a preview that nobody has used.
 */
export async function populateBilling(
  desk: WebDesk,
  { stripe }: StripeWorld,
  admin: Caller,
  colleague: Caller,
  known: KnownIds,
): Promise<KnownIds> {
  const customer = await stripe.customers.create({ email: 'customer@example.org', name: 'A Customer' })
  const charges: string[] = []
  for (let count = 0; count < 2; count++) {
    const paid = await stripe.paymentIntents.create({
      amount: 50_000,
      currency: 'usd',
      customer: customer.id,
      payment_method: 'pm_card_visa',
      confirm: true,
    })
    charges.push(String(paid.latest_charge))
  }
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 4900,
    recurring: { interval: 'month' },
  })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    default_payment_method: (await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })).id,
  })
  const [charge = '', other = ''] = charges
  const drafted = await stripe.invoices.create({ customer: customer.id, auto_advance: false })
  await stripe.invoiceItems.create({ customer: customer.id, invoice: drafted.id, amount: 2500, currency: 'usd' })
  const invoice = await stripe.invoices.finalizeInvoice(drafted.id)
  await desk.drain()
  const made = async (caller: Caller, path: string, body: unknown) => {
    const answer = await caller.send('POST', path, body)
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const link = await made(admin, '/billing-links', {
    contactId: known.con,
    customer: customer.id,
    reason: 'They said so',
  })
  await made(admin, `/tickets/${known.tkt}/authority`, { reason: 'They called from the number we know' })
  const ask = { cause: 'goodwill', ticketId: known.tkt }
  const used = await made(colleague, '/refunds/preview', { ...ask, charge, amount: 40_000 })
  const operation = await made(colleague, '/refunds', {
    previewId: used.previewId,
    amount: 40_000,
    reason: 'Asked for',
  })
  const preview = await made(admin, '/refunds/preview', { ...ask, charge: other, amount: 1000 })
  await made(admin, '/product-port/secrets', { use: 'calls' })
  const action = await made(admin, '/product-actions', productAction('set_seats', 'lead'))
  const ordered = productOrder({ ...known, pac: action.id })
  const shown = await made(admin, '/product-operations/preview', ordered)
  return {
    ...known,
    pac: action.id,
    productPreview: shown.previewId,
    lnk: link.id,
    op: operation.id,
    apr: operation.approvalId,
    prv: preview.previewId,
    customer: customer.id,
    charge,
    invoice: invoice.id,
    subscription: subscription.id,
  }
}
