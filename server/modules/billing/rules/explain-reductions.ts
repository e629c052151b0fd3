import { scale } from '#contract/money.ts'
import { mismatch, row, type Around, type ExplainedLine, type Fault } from './explanation.ts'
import type { CouponFacts, InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import { amountWords } from './words.ts'

/** Discounts of single items, which the subtotal is already without. */
export function itemReductionRows(invoice: InvoiceFacts, around: Around): (ExplainedLine | Fault)[] {
  return discountRows(invoice, around, (discount) => isOwn(invoice, discount))
}

/** Discounts and prepaid credit taken off before tax. What the lines say of each discount must give what the invoice says. */
export function reductionRows(invoice: InvoiceFacts, around: Around): (ExplainedLine | Fault)[] {
  const rows = discountRows(invoice, around, (discount) => !isOwn(invoice, discount))
  const grants = invoice.creditGrants
    ? [
        row(
          invoice.currency,
          'credit_grant',
          'Prepaid credit used',
          -invoice.creditGrants,
          `${amountWords(invoice.creditGrants, invoice.currency)} of credit bought or granted before pays for a part of it.`,
        ),
      ]
    : []
  return [...rows, ...grants]
}

function discountRows(invoice: InvoiceFacts, around: Around, which: (discount: string) => boolean) {
  return invoice.discounts
    .filter(({ amount, discount }) => amount !== 0 && which(discount))
    .map(({ amount, discount }) => discountRow(invoice, discount, amount, around))
}

function isOwn(invoice: InvoiceFacts, discount: string): boolean {
  return invoice.lines.some((line) => line.ownDiscounts?.includes(discount))
}

function discountRow(invoice: InvoiceFacts, id: string, amount: number, around: Around): ExplainedLine | Fault {
  const coupon = invoice.coupons[id]
  const name = around.names?.[id] ?? coupon?.code ?? coupon?.name ?? 'Discount'
  const off = amountWords(amount, invoice.currency)
  const onLines = invoice.lines.flatMap((line) => line.discounts.filter((part) => part.discount === id))
  const told = onLines.reduce((all, part) => all + part.amount, 0)
  if (invoice.lines.some((line) => line.discounts.length) && told !== amount)
    return mismatch(
      'discount',
      invoice.currency,
      { stated: amount, reached: told },
      `The invoice takes ${off} off for "${name}", its lines take off ${amountWords(told, invoice.currency)}.`,
    )
  const reckoned = coupon?.percentOff === undefined ? undefined : percentOf(invoice.lines, id, coupon.percentOff)
  if (reckoned && onLines.length && Math.abs(reckoned.amount - amount) > onLines.length)
    return mismatch(
      'discount',
      invoice.currency,
      { stated: amount, reached: reckoned.amount },
      `"${name}" takes ${off} off, but ${coupon?.percentOff} % of ${amountWords(reckoned.base, invoice.currency)} is ${amountWords(reckoned.amount, invoice.currency)}.`,
    )
  if (coupon?.amountOff !== undefined && amount > coupon.amountOff)
    return mismatch(
      'discount',
      invoice.currency,
      { stated: amount, reached: coupon.amountOff },
      `"${name}" takes ${off} off, but is worth ${amountWords(coupon.amountOff, invoice.currency)}.`,
    )
  return row(
    invoice.currency,
    'discount',
    name,
    -amount,
    discountWords(invoice, { name, coupon, amount, base: onLines.length ? reckoned?.base : undefined }),
  )
}

type Told = { name: string; coupon: CouponFacts | undefined; amount: number; base: number | undefined }

function discountWords(invoice: InvoiceFacts, { name, coupon, amount, base }: Told): string {
  const off = amountWords(amount, invoice.currency)
  const source = coupon?.code
    ? `the promotion code ${coupon.code}`
    : coupon
      ? `the coupon ${coupon.name ?? name}`
      : 'a discount'
  if (coupon?.percentOff !== undefined && base !== undefined)
    return `${coupon.percentOff} % of ${amountWords(base, invoice.currency)} = ${off} off by ${source}.`
  if (coupon?.percentOff !== undefined) return `${coupon.percentOff} % off by ${source}: ${off}.`
  if (coupon?.amountOff !== undefined && coupon.amountOff > amount)
    return `${off} off by ${source}, worth up to ${amountWords(coupon.amountOff, invoice.currency)}.`
  return `${off} off by ${source}.`
}

/** Percent of each line after the discounts named before this one, rounded line by line as Stripe does. */
function percentOf(lines: readonly InvoiceLineFacts[], id: string, percent: number): { amount: number; base: number } {
  let [amount, base] = [0, 0]
  for (const line of lines) {
    const index = line.discounts.findIndex((part) => part.discount === id)
    if (index < 0) continue
    const left = line.discounts.slice(0, index).reduce((all, part) => all - part.amount, line.amount)
    base += left
    amount += scale(left, Math.round(percent * 10_000), 1_000_000)
  }
  return { amount, base }
}
