import { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { gatherTaxes } from '../engine/gather-taxes.ts'
import { newId } from '../engine/ids.ts'

export type NoteLine = {
  amount: number
  description: string | null
  invoice_line_item?: string
  quantity: number | null
  unit: string | null
  discounts?: Stripe.InvoiceLineItem.DiscountAmount[]
  taxes?: Stripe.InvoiceLineItem.Tax[]
  rates?: Stripe.TaxRate[]
  metadata?: Stripe.Metadata
}

export function creditNoteLine(line: NoteLine): Stripe.CreditNoteLineItem {
  return {
    id: newId('credit_note_line_item'),
    object: 'credit_note_line_item',
    amount: line.amount,
    description: line.description,
    discount_amount: sum((line.discounts ?? []).map(({ amount }) => amount)),
    discount_amounts: line.discounts ?? [],
    ...(line.invoice_line_item === undefined ? {} : { invoice_line_item: line.invoice_line_item }),
    livemode: false,
    metadata: line.metadata ?? {},
    pretax_credit_amounts: [],
    quantity: line.quantity,
    tax_rates: line.rates ?? [],
    taxes: line.taxes ?? [],
    type: line.invoice_line_item === undefined ? 'custom_line_item' : 'invoice_line_item',
    unit_amount: line.unit !== null && /^-?\d+$/.test(line.unit) ? Number(line.unit) : null,
    unit_amount_decimal: line.unit === null ? null : Stripe.Decimal.from(line.unit),
  }
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

type Given = { lines: Stripe.CreditNoteLineItem[]; total: number; pre: number; post: number; number: string } & Partial<
  Omit<Stripe.CreditNote, 'lines'>
>

export function creditNote(
  ctx: Context,
  invoice: Stripe.Invoice,
  { lines, total, pre, post, ...given }: Given,
): Stripe.CreditNote {
  const id = newId('credit_note')
  const taxes = gatherTaxes(lines.flatMap((line) => line.taxes ?? []))
  const taxOf = (behaviour: string) =>
    sum(taxes.filter(({ tax_behavior }) => tax_behavior === behaviour).map(({ amount }) => amount))
  const discounted = sum(lines.map((line) => line.discount_amount))
  const subtotal = sum(lines.map((line) => line.amount))
  return {
    id,
    object: 'credit_note',
    amount: total,
    amount_shipping: 0,
    created: ctx.now,
    currency: invoice.currency,
    customer: invoice.customer ?? '',
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: discounted,
    discount_amounts: lines.flatMap((line) => line.discount_amounts),
    effective_at: ctx.now,
    invoice: invoice.id,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: null,
    metadata: {},
    out_of_band_amount: null,
    pdf: `https://pay.stripe.com/credit_notes/${id}/pdf`,
    post_payment_amount: post,
    pre_payment_amount: pre,
    pretax_credit_amounts: [],
    reason: null,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal,
    subtotal_excluding_tax: subtotal - taxOf('inclusive'),
    total,
    total_excluding_tax: total - taxOf('inclusive') - taxOf('exclusive'),
    total_taxes: taxes,
    type: pre > 0 && post > 0 ? 'mixed' : pre > 0 ? 'pre_payment' : 'post_payment',
    voided_at: null,
    ...given,
  }
}
