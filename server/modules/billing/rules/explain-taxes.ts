import { scale } from '#contract/money.ts'
import { mismatch, row, type ExplainedLine, type Fault } from './explanation.ts'
import type { InvoiceFacts, TaxAmount } from './facts.ts'
import { amountWords } from './words.ts'

/** Shipping and taxes on top; a tax that is not charged because the customer reckons it themselves is said with nothing. */
export function taxRows(invoice: InvoiceFacts): (ExplainedLine | Fault)[] {
  const shipping = invoice.amountShipping
    ? [row(invoice.currency, 'shipping', 'Shipping', invoice.amountShipping, 'What sending it costs.')]
    : []
  const faults = invoice.taxes.flatMap((tax) => lineFault(invoice, tax) ?? rateFault(invoice, tax) ?? [])
  const added = invoice.taxes
    .filter((tax) => tax.behavior === 'exclusive' && tax.amount !== 0)
    .map((tax) =>
      row(invoice.currency, 'tax', taxName(invoice, tax), tax.amount, `${taxWords(invoice, tax)} is added.`),
    )
  return [...faults, ...shipping, ...added, ...untaxedRow(invoice)]
}

/** "includes 19 % VAT of 41.18 USD = 7.82 USD" for each tax inside the prices; empty without. */
export function includedTaxes(invoice: InvoiceFacts): string {
  const inside = invoice.taxes.filter((tax) => tax.behavior === 'inclusive' && tax.amount !== 0)
  return inside.length ? `includes ${inside.map((tax) => taxWords(invoice, tax)).join(' and ')}` : ''
}

function untaxedRow(invoice: InvoiceFacts): ExplainedLine[] {
  if (invoice.taxes.some((tax) => tax.amount !== 0)) return []
  const reversed = invoice.taxExempt === 'reverse' || invoice.taxes.some((tax) => tax.reason === 'reverse_charge')
  if (reversed)
    return [
      row(
        invoice.currency,
        'reverse_charge',
        'No tax: reverse charge',
        0,
        'You account for the tax yourself in your country (reverse charge), so none is added.',
      ),
    ]
  if (invoice.taxExempt === 'exempt' || invoice.taxes.some((tax) => tax.reason === 'customer_exempt'))
    return [row(invoice.currency, 'tax_exempt', 'No tax: exempt', 0, 'You are exempt from this tax, so none is added.')]
  return []
}

function taxName(invoice: InvoiceFacts, { rate }: TaxAmount): string {
  return invoice.taxRates[rate ?? '']?.name ?? 'Tax'
}

function taxWords(invoice: InvoiceFacts, tax: TaxAmount): string {
  const known = invoice.taxRates[tax.rate ?? '']
  const amount = amountWords(tax.amount, invoice.currency)
  const base = tax.taxable === undefined ? '' : ` of ${amountWords(tax.taxable, invoice.currency)}`
  return known ? `${known.percentage} % ${known.name}${base} = ${amount}` : `tax${base}: ${amount}`
}

/** The lines and shipping carry the taxes the invoice sums; one kind of tax is judged at a time. */
function lineFault(invoice: InvoiceFacts, tax: TaxAmount): Fault | undefined {
  if (invoice.amountShipping || !invoice.lines.some((line) => line.taxes.length)) return undefined
  const same = (other: TaxAmount): boolean => other.rate === tax.rate && other.behavior === tax.behavior
  const stated = invoice.taxes.filter(same).reduce((all, one) => all + one.amount, 0)
  const reached = invoice.lines.flatMap((line) => line.taxes.filter(same)).reduce((all, one) => all + one.amount, 0)
  if (stated === reached) return undefined
  return mismatch(
    'tax',
    invoice.currency,
    { stated, reached },
    `The invoice states ${taxName(invoice, tax)} of ${amountWords(stated, invoice.currency)}, its lines carry ${amountWords(reached, invoice.currency)}.`,
  )
}

function rateFault(invoice: InvoiceFacts, tax: TaxAmount): Fault | undefined {
  const known = invoice.taxRates[tax.rate ?? '']
  if (!known || tax.taxable === undefined || tax.reason === 'reverse_charge' || tax.reason === 'customer_exempt')
    return undefined
  const reached = scale(tax.taxable, Math.round(known.percentage * 10_000), 1_000_000)
  // Stripe may round each line's tax by itself; of nothing there is nothing to round.
  const slack = tax.taxable === 0 ? 0 : Math.max(1, invoice.lines.length)
  if (Math.abs(reached - tax.amount) <= slack) return undefined
  return mismatch(
    'tax',
    invoice.currency,
    { stated: tax.amount, reached },
    `${known.name} is ${amountWords(tax.amount, invoice.currency)}, but ${known.percentage} % of ${amountWords(tax.taxable, invoice.currency)} is ${amountWords(reached, invoice.currency)}.`,
  )
}
