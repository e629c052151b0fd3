import type { Stripe } from 'stripe'
import type { Store } from '../../store.ts'
import { missing } from '../http/errors.ts'
import type { Decline } from './cards.ts'

/** What every handler and engine step receives. `now` is in seconds and stands still during one step. */
export type Context = {
  store: Store
  now: number
  /** The test clock whose time this is; absent for the emulator's own. */
  clock?: string
  request: { id: string | null; idempotency_key: string | null }
  /** Where the emulator was reached, for addresses it gives out. */
  origin?: string
  /** The emulator's own clock in milliseconds, also while `now` is that of a test clock. */
  wallMs: number
  /** Asks the planted faults whether the payment being attempted must be declined. */
  forcedDecline(): Decline | undefined
}

/** The stored objects by kind, each exactly as the API shows it. */
export type Kinds = {
  customer: Stripe.Customer
  product: Stripe.Product
  price: Stripe.Price
  payment_method: Stripe.PaymentMethod
  payment_intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  refund: Stripe.Refund
  'billing_portal.configuration': Stripe.BillingPortal.Configuration
  'billing_portal.session': Stripe.BillingPortal.Session
  subscription: Stripe.Subscription
  subscription_schedule: Stripe.SubscriptionSchedule
  invoice: Stripe.Invoice
  invoiceitem: Stripe.InvoiceItem
  invoice_payment: Stripe.InvoicePayment
  credit_note: Stripe.CreditNote
  balance_transaction: Stripe.BalanceTransaction
  dispute: Stripe.Dispute
  event: Stripe.Event
  webhook_endpoint: Stripe.WebhookEndpoint
  customer_balance_transaction: Stripe.CustomerBalanceTransaction
  'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning
  file: Stripe.File
  setup_intent: Stripe.SetupIntent
  tax_rate: Stripe.TaxRate
  tax_id: Stripe.TaxId
  coupon: Stripe.Coupon
  promotion_code: Stripe.PromotionCode
  discount: Stripe.Discount
  meter: Stripe.Billing.Meter
  test_clock: Stripe.TestHelpers.TestClock
}
export type Kind = keyof Kinds

export const shelf = (kind: string) => `stripe.${kind}`

export function find<K extends Kind>(ctx: Pick<Context, 'store'>, kind: K, id: string): Kinds[K] | undefined {
  return ctx.store.get<Kinds[K]>(shelf(kind), id)
}

/** The object, or Stripe's resource_missing: 404 when the id stood in the path, 400 when in a parameter. */
export function must<K extends Kind>(ctx: Context, kind: K, id: string, param = 'id'): Kinds[K] {
  const found = find(ctx, kind, id)
  if (!found || ('deleted' in found && found.deleted && param !== 'id')) throw missing(kind, id, param)
  return found
}

/** All of a kind, oldest first. */
export function all<K extends Kind>(ctx: Pick<Context, 'store'>, kind: K): Kinds[K][] {
  return ctx.store.list<Kinds[K]>(shelf(kind))
}

export function by<K extends Kind>(
  ctx: Pick<Context, 'store'>,
  kind: K,
  field: keyof Kinds[K] & string,
  value: string,
): Kinds[K][] {
  return ctx.store.by<Kinds[K]>(shelf(kind), field, value)
}

export function put<K extends Kind>(ctx: Pick<Context, 'store'>, kind: K, doc: Kinds[K]): void {
  ctx.store.put(shelf(kind), doc.id, doc)
}

/** The id in a field that the API may show expanded. */
export function idOf(value: string | { id: string }): string {
  return typeof value === 'string' ? value : value.id
}
