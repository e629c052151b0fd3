import type { Stripe } from 'stripe'
import { account } from '../engine/account.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

export function lineList(invoice: string, data: Stripe.InvoiceLineItem[]): Stripe.Invoice['lines'] {
  return { object: 'list', data, has_more: false, url: `/v1/invoices/${invoice}/lines` }
}

/** A draft with no lines; whatever the caller knows better stands in `given`. */
export function invoice(
  ctx: Context,
  customer: Stripe.Customer,
  given: Partial<Stripe.Invoice> & { currency: string },
): Stripe.Invoice {
  const id = newId('invoice')
  return {
    id,
    object: 'invoice',
    account_country: account(ctx).country ?? null,
    account_name: 'Emulated company',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: 'manual',
    collection_method: 'charge_automatically',
    created: ctx.now,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: lineList(id, []),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: ctx.now,
    period_start: ctx.now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: ctx.now,
    ...given,
  }
}

export function invoicePayment(
  ctx: Context,
  invoice: Stripe.Invoice,
  given: { intent: string; is_default: boolean; amount?: number },
): Stripe.InvoicePayment {
  return {
    id: newId('invoice_payment'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: given.amount ?? invoice.amount_due,
    created: ctx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: given.is_default,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: given.intent },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
}
