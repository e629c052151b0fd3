import * as z from 'zod'
import { coupons, discountAmounts } from './mirror-discount.ts'
import type { InvoiceFacts, InvoiceLineFacts, InvoicePaymentFacts, TaxAmount } from './facts.ts'
import { flag, read, ref, whole, text, units, type Read } from './mirror-object.ts'

const taxAmounts = z
  .array(
    z.object({
      amount: z.int(),
      tax_behavior: z.string(),
      tax_rate_details: z.object({ tax_rate: ref }).nullish(),
      taxability_reason: text,
      taxable_amount: whole,
    }),
  )
  .nullish()
  .transform((list) =>
    (list ?? []).map((tax): TaxAmount => ({
      amount: tax.amount,
      behavior: behaviorOf(tax.tax_behavior),
      rate: tax.tax_rate_details?.tax_rate,
      taxable: tax.taxable_amount,
      reason: tax.taxability_reason,
    })),
  )

const itemDetails = z
  .object({
    subscription: ref,
    subscription_item: ref,
    proration: flag,
    proration_details: z
      .object({
        credited_items: z.object({ invoice: z.string(), invoice_line_items: z.array(z.string()) }).nullish(),
      })
      .nullish(),
  })
  .nullish()

const Line = z
  .object({
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    description: text,
    quantity: z.number().nullish(),
    quantity_decimal: text,
    period: z.object({ start: z.int(), end: z.int() }),
    parent: z
      .object({ type: z.string(), invoice_item_details: itemDetails, subscription_item_details: itemDetails })
      .nullish(),
    pricing: z
      .object({
        price_details: z.object({ price: ref, product: ref }).nullish(),
        unit_amount_decimal: text,
      })
      .nullish(),
    discount_amounts: discountAmounts,
    discounts: z
      .array(ref)
      .nullish()
      .transform((list) => (list ?? []).filter((id) => id !== undefined)),
    taxes: taxAmounts,
  })
  .transform((raw): InvoiceLineFacts => {
    const kind = kindOf(raw.parent?.type)
    const details = kind === 'invoice_item' ? raw.parent?.invoice_item_details : raw.parent?.subscription_item_details
    const credited = details?.proration_details?.credited_items
    return {
      id: raw.id,
      amount: raw.amount,
      currency: raw.currency,
      description: raw.description,
      quantity: raw.quantity ?? undefined,
      quantityDecimal: fractional(raw.quantity_decimal),
      unitAmount: raw.pricing?.unit_amount_decimal,
      price: raw.pricing?.price_details?.price,
      product: raw.pricing?.price_details?.product,
      periodStart: raw.period.start,
      periodEnd: raw.period.end,
      kind,
      subscription: details?.subscription,
      subscriptionItem: details?.subscription_item,
      proration: details?.proration ?? false,
      credits: credited ? { invoice: credited.invoice, lines: credited.invoice_line_items } : undefined,
      discounts: raw.discount_amounts.amounts,
      ownDiscounts: raw.discounts,
      taxes: raw.taxes,
    }
  })

const Payment = z
  .object({
    id: z.string(),
    invoice: ref.pipe(z.string()),
    status: z.string(),
    amount_paid: units,
    amount_requested: z.int(),
    currency: z.string(),
    payment: z.object({ payment_intent: ref, charge: ref }),
    status_transitions: z.object({ paid_at: whole }).nullish(),
  })
  .transform((raw): InvoicePaymentFacts => ({
    id: raw.id,
    invoice: raw.invoice,
    status: raw.status,
    amountPaid: raw.amount_paid,
    amountRequested: raw.amount_requested,
    currency: raw.currency,
    paymentIntent: raw.payment.payment_intent,
    charge: raw.payment.charge,
    paidAt: raw.status_transitions?.paid_at,
  }))

const taxRates = z
  .array(z.object({ id: z.string(), display_name: z.string(), percentage: z.number() }))
  .nullish()
  .transform((list) =>
    Object.fromEntries((list ?? []).map((rate) => [rate.id, { name: rate.display_name, percentage: rate.percentage }])),
  )

const Invoice = z
  .object({
    object: z.literal('invoice'),
    id: z.string(),
    number: text,
    customer: ref,
    currency: z.string(),
    status: text,
    billing_reason: text,
    created: z.int(),
    period_start: z.int(),
    period_end: z.int(),
    status_transitions: z
      .object({ finalized_at: whole, paid_at: whole, voided_at: whole, marked_uncollectible_at: whole })
      .nullish(),
    due_date: whole,
    attempt_count: units,
    next_payment_attempt: whole,
    amount_paid_off_stripe: units,
    customer_tax_exempt: text,
    default_tax_rates: taxRates,
    discounts: coupons,
    parent: z.object({ subscription_details: z.object({ subscription: ref }).nullish() }).nullish(),
    subtotal: z.int(),
    total: z.int(),
    amount_due: z.int(),
    amount_paid: z.int(),
    amount_remaining: z.int(),
    amount_overpaid: units,
    amount_shipping: units,
    starting_balance: units,
    ending_balance: whole,
    pre_payment_credit_notes_amount: units,
    post_payment_credit_notes_amount: units,
    total_discount_amounts: discountAmounts,
    total_pretax_credit_amounts: z.array(z.object({ amount: z.int(), type: z.string() })).nullish(),
    total_taxes: taxAmounts,
    lines: z.object({ data: z.array(Line), has_more: flag }),
    payments: z.object({ data: z.array(Payment) }).nullish(),
  })
  .transform((raw): InvoiceFacts => ({
    id: raw.id,
    number: raw.number,
    customer: raw.customer,
    currency: raw.currency,
    status: statusOf(raw.status),
    billingReason: raw.billing_reason,
    created: raw.created,
    periodStart: raw.period_start,
    periodEnd: raw.period_end,
    finalizedAt: raw.status_transitions?.finalized_at,
    paidAt: raw.status_transitions?.paid_at,
    subscription: raw.parent?.subscription_details?.subscription,
    subtotal: raw.subtotal,
    total: raw.total,
    amountDue: raw.amount_due,
    amountPaid: raw.amount_paid,
    amountRemaining: raw.amount_remaining,
    amountOverpaid: raw.amount_overpaid,
    amountShipping: raw.amount_shipping,
    startingBalance: raw.starting_balance,
    endingBalance: raw.ending_balance,
    prePaymentCreditNotes: raw.pre_payment_credit_notes_amount,
    postPaymentCreditNotes: raw.post_payment_credit_notes_amount,
    paidOffStripe: raw.amount_paid_off_stripe,
    dueDate: raw.due_date,
    voidedAt: raw.status_transitions?.voided_at,
    uncollectibleAt: raw.status_transitions?.marked_uncollectible_at,
    tries: raw.attempt_count,
    nextAttempt: raw.next_payment_attempt,
    taxExempt: raw.customer_tax_exempt,
    taxRates: raw.default_tax_rates,
    coupons: { ...raw.total_discount_amounts.coupons, ...raw.discounts },
    discounts: raw.total_discount_amounts.amounts,
    creditGrants: (raw.total_pretax_credit_amounts ?? [])
      .filter((credit) => credit.type !== 'discount')
      .reduce((all, credit) => all + credit.amount, 0),
    taxes: raw.total_taxes,
    lines: raw.lines.data,
    linesComplete: !raw.lines.has_more,
    payments: raw.payments?.data ?? [],
  }))

/** From a mirrored invoice, with its payments when they were expanded. */
export const invoiceFacts = (json: unknown): Read<InvoiceFacts> => read(Invoice, 'invoice', json)
export const invoicePaymentFacts = (json: unknown): Read<InvoicePaymentFacts> => read(Payment, 'invoice payment', json)

/** Only what whole numbers cannot say. */
function fractional(quantity: string | undefined): string | undefined {
  return quantity !== undefined && /\.\d*[1-9]/.test(quantity) ? quantity : undefined
}

function behaviorOf(behavior: string): TaxAmount['behavior'] {
  return behavior === 'exclusive' || behavior === 'inclusive' ? behavior : 'other'
}

function kindOf(type: string | undefined): InvoiceLineFacts['kind'] {
  if (type === 'subscription_item_details') return 'subscription_item'
  return type === 'invoice_item_details' ? 'invoice_item' : 'other'
}

function statusOf(status: string | undefined): InvoiceFacts['status'] {
  switch (status) {
    case 'draft':
    case 'open':
    case 'paid':
    case 'uncollectible':
    case 'void':
      return status
    default:
      return 'other'
  }
}
