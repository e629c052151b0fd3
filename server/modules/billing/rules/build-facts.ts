import type {
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  InvoiceFacts,
  InvoiceLineFacts,
  RefundFacts,
  SubscriptionFacts,
} from './facts.ts'

/** Facts for tests: a Team plan at 49.00 USD a month, first paid on 3 Nov 2026 by a Visa. Epoch seconds throughout. */
export const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds / 1000
export const nov3 = at('2026-11-03T09:00:00Z')
export const dec3 = at('2026-12-03T09:00:00Z')
export const nov12 = at('2026-11-12T09:00:00Z')
export const utc = { now: nov12 * 1000, timeZone: 'UTC' }

export function buildCharge(over: Partial<ChargeFacts> = {}): ChargeFacts {
  const amount = over.amount ?? 4900
  return {
    id: 'ch_1',
    customer: 'cus_1',
    paymentIntent: 'pi_1',
    amount,
    amountCaptured: amount,
    amountRefunded: 0,
    currency: 'usd',
    created: nov3,
    status: 'succeeded',
    captured: true,
    disputed: false,
    method: { type: 'card', brand: 'visa', last4: '4242', fingerprint: 'fp_1' },
    metadata: {},
    ...over,
  }
}

export function buildLine(over: Partial<InvoiceLineFacts> = {}): InvoiceLineFacts {
  return {
    id: 'il_1',
    amount: 4900,
    currency: 'usd',
    description: '1 × Team (at $49.00 / month)',
    quantity: 1,
    unitAmount: over.proration || over.amount !== undefined ? undefined : '4900',
    price: 'price_team',
    product: 'prod_team',
    periodStart: nov3,
    periodEnd: dec3,
    kind: 'subscription_item',
    subscription: 'sub_1',
    subscriptionItem: 'si_1',
    proration: false,
    discounts: [],
    taxes: [],
    ...over,
  }
}

/** Paid in full by `ch_1` unless told otherwise; the sums follow from the lines. */
export function buildInvoice(over: Partial<InvoiceFacts> = {}): InvoiceFacts {
  const lines = over.lines ?? [buildLine()]
  const subtotal = over.subtotal ?? lines.reduce((sum, line) => sum + line.amount, 0)
  const total = over.total ?? subtotal
  const amountDue = over.amountDue ?? total
  const currency = over.currency ?? 'usd'
  return {
    id: 'in_1',
    number: 'INV-0001',
    customer: 'cus_1',
    currency,
    status: 'paid',
    billingReason: 'subscription_create',
    created: nov3,
    periodStart: nov3,
    periodEnd: nov3,
    finalizedAt: nov3,
    paidAt: nov3,
    subscription: 'sub_1',
    subtotal,
    total,
    amountDue,
    amountPaid: amountDue,
    amountRemaining: 0,
    amountOverpaid: 0,
    amountShipping: 0,
    startingBalance: 0,
    endingBalance: 0,
    prePaymentCreditNotes: 0,
    postPaymentCreditNotes: 0,
    paidOffStripe: 0,
    tries: 1,
    taxRates: {},
    coupons: {},
    discounts: [],
    creditGrants: 0,
    taxes: [],
    lines,
    linesComplete: true,
    payments: [
      {
        id: 'inpay_1',
        invoice: over.id ?? 'in_1',
        status: 'paid',
        amountPaid: amountDue,
        amountRequested: amountDue,
        currency,
        paymentIntent: 'pi_1',
        paidAt: nov3,
      },
    ],
    ...over,
  }
}

export function buildRefund(over: Partial<RefundFacts> = {}): RefundFacts {
  return {
    id: 're_1',
    charge: 'ch_1',
    amount: 4900,
    currency: 'usd',
    status: 'succeeded',
    created: nov12,
    metadata: {},
    ...over,
  }
}

export function buildCreditNote(over: Partial<CreditNoteFacts> = {}): CreditNoteFacts {
  const total = over.total ?? 4900
  return {
    id: 'cn_1',
    number: 'INV-0001-CN-01',
    invoice: 'in_1',
    status: 'issued',
    currency: 'usd',
    created: nov12,
    total,
    prePayment: 0,
    postPayment: total,
    outOfBand: 0,
    refunds: [{ refund: 're_1', amount: total }],
    metadata: {},
    ...over,
  }
}

export function buildSubscription(over: Partial<SubscriptionFacts> = {}): SubscriptionFacts {
  return {
    id: 'sub_1',
    customer: 'cus_1',
    status: 'active',
    currency: 'usd',
    created: nov3,
    startedAt: nov3,
    cancelAtPeriodEnd: false,
    latestInvoice: 'in_1',
    collection: 'charge_automatically',
    discounted: false,
    source: 'stripe',
    items: [
      {
        id: 'si_1',
        price: 'price_team',
        product: 'prod_team',
        currency: 'usd',
        unitAmount: 4900,
        interval: 'month',
        intervalCount: 1,
        metered: false,
        quantity: 1,
        periodStart: nov3,
        periodEnd: dec3,
      },
    ],
    metadata: {},
    ...over,
  }
}

export function buildDispute(over: Partial<DisputeFacts> = {}): DisputeFacts {
  return {
    id: 'du_1',
    charge: 'ch_1',
    amount: 4900,
    currency: 'usd',
    status: 'needs_response',
    reason: 'fraudulent',
    created: nov12,
    isChargeRefundable: false,
    ...over,
  }
}
