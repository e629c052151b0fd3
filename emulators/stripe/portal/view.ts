import type { Stripe } from 'stripe'
import { all, by, type Context, find, idOf, must } from '../engine/context.ts'
import { live } from '../resources/customers.ts'
import { offeredPrices } from './plans.ts'

/** Everything the customer's page shows; `address` is the page's own, without a query. */
export type PortalView = {
  address: string
  session: Stripe.BillingPortal.Session
  configuration: Stripe.BillingPortal.Configuration
  customer: Stripe.Customer
  subscriptions: Stripe.Subscription[]
  methods: Stripe.PaymentMethod[]
  /** Newest first. */
  invoices: Stripe.Invoice[]
  /** Names by id. */
  products: Map<string, string>
  /** The prices each subscription may be changed to, its own first. */
  plans: Map<string, Stripe.Price[]>
}

const ENDED = ['canceled', 'incomplete_expired']

export function portalView(ctx: Context, session: Stripe.BillingPortal.Session, address: string): PortalView {
  const { customer } = session
  const configuration = must(ctx, 'billing_portal.configuration', idOf(session.configuration))
  const running = by(ctx, 'subscription', 'customer', customer).filter(({ status }) => !ENDED.includes(status))
  return {
    address,
    session,
    configuration,
    customer: live(ctx, customer, 'customer'),
    subscriptions: running,
    methods: by(ctx, 'payment_method', 'customer', customer),
    invoices: by(ctx, 'invoice', 'customer', customer)
      .filter(({ status }) => status !== 'draft')
      .toReversed(),
    products: new Map(all(ctx, 'product').map(({ id, name }) => [id, name])),
    plans: new Map(running.map((subscription) => [subscription.id, offeredPrices(ctx, configuration, subscription)])),
  }
}

export const subscriptionIn = (ctx: Context, view: PortalView, id: string): Stripe.Subscription | undefined =>
  view.subscriptions.some((subscription) => subscription.id === id) ? find(ctx, 'subscription', id) : undefined
