import * as z from 'zod'
import { moneyText, parseMoney } from './money-text.ts'
import { ensurePrice } from './starter-plans.ts'
import type { Done, World } from './world.ts'

const NewCustomer = z.object({
  name: z.string().trim().min(1, 'Give the customer a name.'),
  email: z.string().trim().min(3, 'Give the customer an address.'),
  plan: z.string(),
  quantity: z.coerce.number('Seats must be a whole number.').int().min(1).max(100_000),
  card: z.string(),
})

export async function newCustomer(world: World, input: unknown): Promise<Done> {
  const { name, email, plan, quantity, card } = NewCustomer.parse(input)
  const { stripe } = world
  const price = await ensurePrice(world, plan)
  const customer = await stripe.customers.create({ name, email })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price, quantity }] })
  const goto = `/payments/${customer.id}`
  if (subscription.status === 'active') return { ok: true, message: `${name} is subscribed and has paid.`, goto }
  return { ok: true, message: `${name} exists; the subscription is ${subscription.status.replaceAll('_', ' ')}.`, goto }
}

const Charge = z.object({
  customer: z.string(),
  amount: z.string(),
  currency: z.string().length(3),
  description: z.string().trim().default(''),
})

export async function charge(world: World, input: unknown): Promise<Done> {
  const { customer: id, amount: typed, currency, description } = Charge.parse(input)
  const amount = parseMoney(typed, currency)
  if (!amount) return { ok: false, message: `"${typed}" is no amount in ${currency.toUpperCase()}.` }
  const customer = await world.stripe.customers.retrieve(id)
  const method = customer.deleted ? null : customer.invoice_settings.default_payment_method
  if (!method) return { ok: false, message: 'This customer has no card on file.' }
  return pay(world, { amount, currency, customer: id, payment_method: method, description })
}

async function pay({ stripe }: World, payment: Payment): Promise<Done> {
  const { customer, payment_method: method, description } = payment
  const intent = await stripe.paymentIntents.create({
    amount: payment.amount,
    currency: payment.currency,
    customer: idOf(customer),
    payment_method: idOf(method),
    description: description || undefined,
    confirm: true,
    off_session: true,
  })
  const amount = moneyText(intent.amount, intent.currency)
  if (intent.status === 'succeeded') return { ok: true, message: `Charged ${amount}.` }
  return { ok: false, message: `The payment of ${amount} is ${intent.status.replaceAll('_', ' ')}.` }
}

type Reference = string | { id: string } | null
type Payment = {
  amount: number
  currency: string
  customer: Reference
  payment_method: Reference
  description: string | null
}

function idOf(reference: Reference): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id
}

/** The same amount on the same card once more: the double charge customers write about. */
export async function chargeAgain(world: World, input: unknown): Promise<Done> {
  const before = await world.stripe.charges.retrieve(z.object({ charge: z.string() }).parse(input).charge)
  return pay(world, before)
}

/** Starts a new period now and bills it in full, as Stripe does when the billing cycle is reset. */
export async function renew({ stripe }: World, input: unknown): Promise<Done> {
  const { subscription: id } = z.object({ subscription: z.string() }).parse(input)
  const { status } = await stripe.subscriptions.update(id, {
    billing_cycle_anchor: { type: 'now' },
    proration_behavior: 'none',
  })
  if (status === 'active') return { ok: true, message: 'The subscription was renewed and billed ahead of its time.' }
  return { ok: false, message: `The renewal left the subscription ${status.replaceAll('_', ' ')}.` }
}

export async function failNextPayment(world: World): Promise<Done> {
  await world.control('POST', '/stripe/faults', { kind: 'decline', times: 1 })
  return { ok: true, message: 'The next payment at Stripe, whoever makes it, will be declined.' }
}
