import type { Stripe } from 'stripe'
import { type Context, find, idOf } from './context.ts'
import { itemOf } from './line-items.ts'
import { share, stepOf } from './money.ts'

/** A percentage has at most four decimals, so that it counts in whole ten-thousandths. */
const SCALE = 10_000
const WHOLE = 100 * SCALE

/** The lines with what each tax rate takes of them after discounts, every amount rounded on its own line. */
export function taxed(
  ctx: Context,
  invoice: Stripe.Invoice,
  lines: Stripe.InvoiceLineItem[],
): Stripe.InvoiceLineItem[] {
  return lines.map((line) => ({
    ...line,
    taxes: taxesOf(discounted(line), ratesOf(ctx, invoice, line), exemption(invoice), stepOf(invoice.currency)),
  }))
}

const discounted = (line: Stripe.InvoiceLineItem) =>
  (line.discount_amounts ?? []).reduce((left, { amount }) => left - amount, line.amount)

const EXEMPTIONS: Record<string, string> = { exempt: 'customer_exempt', reverse: 'reverse_charge' }
/** Why an invoice's customer pays no tax, as Stripe names it. */
export const exemption = ({ customer_tax_exempt: status }: Stripe.Invoice) => EXEMPTIONS[status ?? '']

/** The taxes of one amount. Inclusive rates are taken out of it together, exclusive ones are put on what then remains. */
export function taxesOf(
  amount: number,
  rates: Stripe.TaxRate[],
  exempt: string | undefined,
  step: number,
): Stripe.InvoiceLineItem.Tax[] {
  const inside = rates.filter(({ inclusive }) => inclusive).reduce((sum, rate) => sum + scaled(rate), 0)
  const part = (rate: Stripe.TaxRate) => share(amount, scaled(rate), WHOLE + inside, step)
  const net = exempt ? amount : rates.reduce((left, rate) => (rate.inclusive ? left - part(rate) : left), amount)
  return rates.map((rate) => ({
    amount: exempt ? 0 : rate.inclusive ? part(rate) : share(net, scaled(rate), WHOLE, step),
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: exempt ?? 'not_available',
    taxable_amount: exempt ? 0 : net,
    type: 'tax_rate_details',
  }))
}

const scaled = ({ percentage }: Stripe.TaxRate) => Math.round(percentage * SCALE)

/** The item's own rates, or those of its subscription item, or the invoice's. */
function ratesOf(ctx: Context, invoice: Stripe.Invoice, line: Stripe.InvoiceLineItem): Stripe.TaxRate[] {
  const own = find(ctx, 'invoiceitem', itemOf(line) ?? '')?.tax_rates ?? []
  if (own.length > 0) return own
  const details = line.parent?.subscription_item_details
  const subscription = details && find(ctx, 'subscription', idOf(details.subscription ?? ''))
  const item = subscription?.items.data.find(({ id }) => id === details?.subscription_item)
  const theirs = item?.tax_rates ?? []
  return theirs.length > 0 ? theirs : invoice.default_tax_rates
}
