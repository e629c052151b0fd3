import type { Stripe } from 'stripe'
import { absent } from '../http/params.ts'
import { invalid, missing } from '../http/errors.ts'
import type { NoteLine } from '../shapes/credit-note.ts'
import type { Context } from './context.ts'
import { share, stepOf, times } from './money.ts'
import { ratesNamed } from './tax-rates.ts'
import { exemption, taxesOf } from './taxing.ts'

export type LineOrder = {
  type: 'invoice_line_item' | 'custom_line_item'
  invoice_line_item?: string
  amount?: number
  quantity?: number
  unit_amount?: number
  unit_amount_decimal?: string
  description?: string
  metadata?: Record<string, string> | null
  tax_rates?: string[] | null
}

/** The lines a credit note asks for: of invoice lines, of its own words, or one line for a bare amount, taxes included. */
export function noteLines(
  ctx: Context,
  invoice: Stripe.Invoice,
  order: { amount?: number; lines?: LineOrder[] },
): NoteLine[] {
  if (order.amount !== undefined && order.lines !== undefined) {
    throw invalid('You may only specify one of these parameters: amount, lines.', 'amount', 'parameters_exclusive')
  }
  if (order.lines !== undefined)
    return order.lines.map((line, index) => noteLine(ctx, invoice, line, `lines[${index}]`))
  if (order.amount === undefined) throw absent('amount')
  return [
    {
      amount: order.amount,
      description: `Credit for invoice ${invoice.number}`,
      quantity: 1,
      unit: String(order.amount),
    },
  ]
}

function noteLine(ctx: Context, invoice: Stripe.Invoice, line: LineOrder, at: string): NoteLine {
  const metadata = line.metadata ?? {}
  const drawn = line.type === 'custom_line_item' ? customLine(ctx, invoice, line, at) : invoiceLine(invoice, line, at)
  return { ...drawn, metadata }
}

function customLine(ctx: Context, invoice: Stripe.Invoice, line: LineOrder, at: string): NoteLine {
  const unit = line.unit_amount_decimal ?? (line.unit_amount === undefined ? undefined : String(line.unit_amount))
  if (unit === undefined) throw absent(`${at}[unit_amount]`)
  if (line.description === undefined) throw absent(`${at}[description]`)
  const quantity = line.quantity ?? 1
  const amount = times(unit, quantity, stepOf(invoice.currency))
  const rates = ratesNamed(ctx, line.tax_rates ?? null, `${at}[tax_rates]`)
  const taxes = taxesOf(amount, rates, exemption(invoice), stepOf(invoice.currency))
  return { amount, description: line.description, quantity, unit, rates, taxes }
}

/** Part of an invoice line, by quantity or by amount before tax; all of it when neither is said. Its discounts and taxes go along in the same share. */
function invoiceLine(invoice: Stripe.Invoice, line: LineOrder, at: string): NoteLine {
  const id = line.invoice_line_item
  if (id === undefined) throw absent(`${at}[invoice_line_item]`)
  if (line.tax_rates !== undefined)
    throw invalid('`tax_rates` is only valid for lines of the type `custom_line_item`.', `${at}[tax_rates]`)
  const found = invoice.lines.data.find((candidate) => candidate.id === id)
  if (!found) throw missing('invoice line item', id, `${at}[invoice_line_item]`)
  const whole = found.quantity ?? 1
  if ((line.quantity ?? 0) > whole)
    throw invalid(`The quantity exceeds that of the invoice line (${whole}).`, `${at}[quantity]`)
  const step = stepOf(invoice.currency)
  const amount = line.amount ?? share(found.amount, line.quantity ?? whole, whole, step)
  if (amount > found.amount)
    throw invalid('The credited amount exceeds the amount of the invoice line.', `${at}[amount]`)
  const part = (of: number) => (found.amount === 0 ? 0 : share(of, amount, found.amount, step))
  return {
    amount,
    description: found.description,
    invoice_line_item: id,
    quantity: line.amount === undefined ? (line.quantity ?? whole) : null,
    unit: null,
    discounts: (found.discount_amounts ?? []).map((entry) => ({ ...entry, amount: part(entry.amount) })),
    taxes: (found.taxes ?? []).map((tax) => ({
      ...tax,
      amount: part(tax.amount),
      taxable_amount: tax.taxable_amount === null ? null : part(tax.taxable_amount),
    })),
  }
}
