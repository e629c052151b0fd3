import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import type { PhaseOrder } from '../params/schedule-params.ts'
import { DEFAULTS, phase, phaseDiscounts, phaseItem } from '../shapes/subscription-schedule.ts'
import { mergeMetadata } from './changes.ts'
import { type Context, must } from './context.ts'
import { periodAfter } from './periods.ts'
import { isMetered, unitPrice } from './prices.ts'
import { intervalOf, priceOf, refuseMeteredQuantity } from './subscribing.ts'
import { ratesNamed } from './tax-rates.ts'

type Phase = Stripe.SubscriptionSchedule.Phase
type Place = { start: number; at: string }

/** The phases a request asks for, each beginning where the one before ends; without an end a phase lasts one interval of its prices. */
export function phasesOf(ctx: Context, orders: PhaseOrder[], start: number): Phase[] {
  let from = start
  return orders.map((order, index) => {
    const at = `phases[${index}]`
    const asked = order.start_date === 'now' ? ctx.now : order.start_date
    if (asked !== undefined && asked !== from)
      throw invalid('A phase must start when the one before it ends.', `${at}[start_date]`)
    const made = phaseOf(ctx, order, { start: from, at })
    from = made.end_date
    return made
  })
}

function phaseOf(ctx: Context, order: PhaseOrder, { start, at }: Place): Phase {
  const prices = order.items.map((item, index) => {
    const price = priceOf(ctx, item.price, `${at}[items][${index}][price]`)
    refuseMeteredQuantity(price, item.quantity, `${at}[items][${index}][quantity]`)
    return price
  })
  const interval = intervalOf(prices)
  const currency = order.currency ?? prices[0]?.currency ?? ''
  for (const price of prices) unitPrice(ctx, price, currency)
  for (const coupon of [order, ...order.items].flatMap(({ discounts }) => discounts ?? []))
    if (coupon.coupon !== undefined) must(ctx, 'coupon', coupon.coupon, `${at}[discounts]`)
  const end_date = endOf(ctx, order, { start, at }, interval)
  const days = order.invoice_settings?.days_until_due
  return phase({
    start_date: start,
    end_date,
    currency,
    items: order.items.map((item, index) => {
      const price = prices[index] as Stripe.Price
      const quantity = isMetered(price) ? undefined : (item.quantity ?? 1)
      const { discounts, metadata } = item
      return phaseItem({ price: price.id, quantity, discounts, metadata: mergeMetadata({}, metadata) })
    }),
    add_invoice_items: (order.add_invoice_items ?? []).map((item, index) =>
      extraOf(ctx, item, `${at}[add_invoice_items][${index}]`),
    ),
    billing_cycle_anchor: order.billing_cycle_anchor ?? null,
    collection_method: order.collection_method ?? null,
    default_payment_method: order.default_payment_method ?? null,
    default_tax_rates: ratesNamed(ctx, order.default_tax_rates ?? null, `${at}[default_tax_rates]`),
    description: order.description ?? null,
    discounts: phaseDiscounts(order.discounts),
    invoice_settings: days === undefined ? null : { ...DEFAULTS.invoice_settings, days_until_due: days },
    metadata: mergeMetadata({}, order.metadata),
    proration_behavior: order.proration_behavior ?? 'create_prorations',
    ...trialOf(ctx, order, { start, at }, end_date),
  })
}

function extraOf(
  ctx: Context,
  { price, quantity = 1, metadata }: NonNullable<PhaseOrder['add_invoice_items']>[number],
  at: string,
): Stripe.SubscriptionSchedule.Phase.AddInvoiceItem {
  const found = must(ctx, 'price', price ?? '', `${at}[price]`)
  if (found.recurring) throw invalid('Only one-time prices can be added to the invoice of a phase.', `${at}[price]`)
  const period = { start: { type: 'phase_start' as const }, end: { type: 'phase_end' as const } }
  return {
    discountable: true,
    discounts: [],
    metadata: mergeMetadata({}, metadata),
    period,
    price: found.id,
    quantity,
    tax_rates: [],
  }
}

function endOf(
  ctx: Context,
  order: PhaseOrder,
  { start, at }: Place,
  interval: { interval: string; interval_count: number },
): number {
  const { end_date, duration } = order
  if (end_date !== undefined && duration !== undefined)
    throw invalid(
      'You may only specify one of these parameters: end_date, duration.',
      `${at}[end_date]`,
      'parameters_exclusive',
    )
  const span = duration ? { interval: duration.interval, interval_count: duration.interval_count ?? 1 } : interval
  const end = end_date === 'now' ? ctx.now : (end_date ?? periodAfter(start, span, 1))
  if (end > start) return end
  throw invalid('The end of a phase must be after its start.', `${at}[end_date]`)
}

function trialOf(
  ctx: Context,
  { trial, trial_end }: PhaseOrder,
  { start, at }: Place,
  end: number,
): Pick<Phase, 'trial' | 'trial_end'> {
  const until = trial_end === 'now' ? ctx.now : trial_end
  if (trial === true && until !== undefined && until !== end)
    throw invalid('`trial_end` cannot be combined with `trial`, unless it is the end of the phase.', `${at}[trial_end]`)
  if (trial === true) return { trial: true, trial_end: end }
  if (until === undefined || trial_end === 'now') return { trial_end: null }
  if (until > start && until <= end) return { trial_end: until }
  throw invalid('The trial of a phase must end within the phase.', `${at}[trial_end]`)
}
