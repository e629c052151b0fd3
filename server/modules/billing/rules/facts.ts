/**
 * What the billing rules know of Stripe's objects: only the fields used, amounts in Stripe's integer units with its
 * lower-case currency, times in epoch seconds, absent things left out. `mirror-object.ts` makes them from the mirrored JSON.
 */

export type BillingCustomerFacts = {
  id: string
  name?: string
  email?: string
  /** Negative is credit, positive is debt. */
  balance: number
  currency?: string
  country?: string
  created: number
  deleted: boolean
  metadata: Record<string, string>
}

export type PaymentMethodFacts = { type: string; brand?: string; last4?: string; fingerprint?: string }

/** What a movement did to our balance at Stripe, in the currency we are paid out in: minus is money leaving. */
export type BalanceFacts = {
  id: string
  amount: number
  currency: string
  /** From the presented currency to this one; absent where nothing was exchanged. */
  exchangeRate?: number
  fee: number
  fees: { amount: number; what: string }[]
  net: number
  created: number
}

export type ChargeFacts = {
  id: string
  customer?: string
  paymentIntent?: string
  amount: number
  amountCaptured: number
  amountRefunded: number
  currency: string
  created: number
  status: string
  captured: boolean
  disputed: boolean
  description?: string
  failure?: string
  method?: PaymentMethodFacts
  /** Absent while it is not settled, or where it came without. */
  balance?: BalanceFacts
  metadata: Record<string, string>
}

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void' | 'other'

export type InvoiceFacts = {
  id: string
  number?: string
  customer?: string
  currency: string
  status: InvoiceStatus
  billingReason?: string
  created: number
  periodStart: number
  periodEnd: number
  finalizedAt?: number
  paidAt?: number
  subscription?: string
  subtotal: number
  total: number
  amountDue: number
  amountPaid: number
  amountRemaining: number
  amountOverpaid: number
  amountShipping: number
  startingBalance: number
  /** Missing until the invoice is finalised. */
  endingBalance?: number
  prePaymentCreditNotes: number
  postPaymentCreditNotes: number
  /** Paid outside Stripe, where Stripe counts it apart. */
  paidOffStripe: number
  dueDate?: number
  voidedAt?: number
  uncollectibleAt?: number
  /** How often collecting was tried, and when it is tried next. */
  tries: number
  nextAttempt?: number
  /** `none`, `exempt` or `reverse`. */
  taxExempt?: string
  /** By id, as far as the invoice names them. */
  taxRates: Record<string, Omit<TaxRateFacts, 'id'>>
  /** By discount id, where discounts came with the invoice. */
  coupons: Record<string, CouponFacts>
  discounts: DiscountAmount[]
  /** Credit grants used before tax; discounts are not repeated here. */
  creditGrants: number
  taxes: TaxAmount[]
  lines: InvoiceLineFacts[]
  /** False when Stripe has more lines than the object carries. */
  linesComplete: boolean
  /** Empty when the object came without them; `InvoicePaymentFacts` may also be read on their own. */
  payments: InvoicePaymentFacts[]
}

export type CouponFacts = {
  name: string
  /** The promotion code, where one was used. */
  code?: string
  percentOff?: number
  amountOff?: number
}

export type DiscountAmount = { discount: string; amount: number }
export type TaxAmount = {
  amount: number
  behavior: 'exclusive' | 'inclusive' | 'other'
  rate?: string
  /** What it is reckoned on, without the tax. */
  taxable?: number
  /** Stripe's `taxability_reason`. */
  reason?: string
}

export type TaxRateFacts = { id: string; name: string; percentage: number }

export type InvoiceLineFacts = {
  id: string
  amount: number
  currency: string
  description?: string
  quantity?: number
  /** The quantity with its decimals, where it has any. */
  quantityDecimal?: string
  /** A decimal string in Stripe units; absent for tiers. */
  unitAmount?: string
  price?: string
  product?: string
  periodStart: number
  periodEnd: number
  kind: 'subscription_item' | 'invoice_item' | 'other'
  subscription?: string
  subscriptionItem?: string
  proration: boolean
  /** For a minus line: the invoice and lines being given back. */
  credits?: { invoice: string; lines: string[] }
  discounts: DiscountAmount[]
  /** Discounts of the item itself; the others are the invoice's. */
  ownDiscounts?: string[]
  taxes: TaxAmount[]
}

export type InvoicePaymentFacts = {
  id: string
  invoice: string
  status: string
  amountPaid: number
  amountRequested: number
  currency: string
  paymentIntent?: string
  charge?: string
  paidAt?: number
}

export type RefundFacts = {
  id: string
  charge?: string
  paymentIntent?: string
  amount: number
  currency: string
  status: string
  created: number
  reason?: string
  failure?: string
  /** For cards: `refund`, `reversal` or `pending`. */
  destination?: string
  reference?: string
  balance?: BalanceFacts
  metadata: Record<string, string>
}

export type CreditNoteFacts = {
  id: string
  number?: string
  invoice: string
  status: string
  currency: string
  created: number
  total: number
  prePayment: number
  postPayment: number
  outOfBand: number
  reason?: string
  refunds: { refund: string; amount: number }[]
  metadata: Record<string, string>
}

export type SubscriptionSource = 'stripe' | 'apple' | 'google' | 'partner' | 'invoice'

/** Up to and with `upTo` units, all others without it. Decimal texts in Stripe units. */
export type TierFacts = { upTo?: number; unit?: string; flat?: string }

export type PriceFacts = {
  id: string
  currency: string
  /** A decimal text in Stripe units; absent for tiers. */
  unitAmount?: string
  tiersMode?: string
  /** Empty where they did not come with the price. */
  tiers: TierFacts[]
  /** Priced by packages of this many. */
  divideBy?: number
  roundUp: boolean
  metered: boolean
  /** How long the period is that it is for; absent where it does not recur. */
  every?: { interval: string; count: number }
  /** What it costs in other currencies, by lower-case currency. */
  elsewhere?: Record<string, { unitAmount?: string; tiers: TierFacts[] }>
}

export type SubscriptionItemFacts = {
  id: string
  price: string
  product?: string
  nickname?: string
  currency: string
  /** Whole Stripe units; absent for tiers and fractions of a unit. */
  unitAmount?: number
  interval?: string
  intervalCount: number
  metered: boolean
  quantity?: number
  periodStart: number
  periodEnd: number
  /** The whole price, for reckoning lines. */
  detail?: PriceFacts
}

export type SubscriptionFacts = {
  id: string
  customer?: string
  status: string
  currency: string
  created: number
  startedAt: number
  canceledAt?: number
  cancelAt?: number
  cancelAtPeriodEnd: boolean
  endedAt?: number
  trialEnd?: number
  pausedCollection?: string
  latestInvoice?: string
  collection: string
  discounted: boolean
  source: SubscriptionSource
  items: SubscriptionItemFacts[]
  metadata: Record<string, string>
}

export type DisputeFacts = {
  id: string
  charge?: string
  amount: number
  currency: string
  status: string
  reason: string
  created: number
  isChargeRefundable: boolean
  dueBy?: number
  /** What it took from our balance, and gave back when it was won. */
  balances?: BalanceFacts[]
}
