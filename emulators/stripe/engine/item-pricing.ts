import { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { absent } from '../http/params.ts'
import { pricing } from '../shapes/invoice-line.ts'
import { price as priceShape } from '../shapes/price.ts'
import { refuseUneven } from './amount-steps.ts'
import { change, create } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { stepOf, times } from './money.ts'
import { itemAmount, unitPrice } from './prices.ts'

type InlinePrice = {
  currency: string
  product: string
  unit_amount?: number
  unit_amount_decimal?: string
  tax_behavior?: string
}
export type PriceOrder = {
  amount?: number
  quantity?: number
  unit_amount_decimal?: string
  pricing?: { price: string }
  price_data?: InlinePrice
}
type Priced = { amount: number; quantity: number; pricing: Stripe.InvoiceItem.Pricing; product: string | null }

/** What an invoice item costs: a bare amount, a unit amount, a stored price, or a price made on the spot, times a quantity. */
export function priceItem(ctx: Context, order: PriceOrder, currency: string): Priced {
  const quantity = order.quantity ?? 1
  const price = order.price_data ? inlinePrice(ctx, order.price_data) : storedPrice(ctx, order.pricing?.price)
  if (price && (order.amount !== undefined || order.unit_amount_decimal !== undefined))
    throw invalid('You may only specify one of these parameters: amount, pricing.', 'amount', 'parameters_exclusive')
  if (price) {
    const unit = unitPrice(ctx, price, currency)
    const product = must(ctx, 'product', idOf(price.product), 'pricing[price]').name
    return { amount: itemAmount(ctx, price, currency, quantity), quantity, pricing: pricing(price, unit), product }
  }
  const unit = order.unit_amount_decimal
  const amount = order.amount ?? (unit === undefined ? undefined : times(unit, quantity, stepOf(currency)))
  if (amount === undefined) throw absent('amount')
  refuseUneven(amount, currency, 'amount')
  const shown = { type: 'price_details' as const, unit_amount_decimal: Stripe.Decimal.from(unit ?? amount) }
  return { amount, quantity, pricing: shown, product: null }
}

/** The currency an order itself asks for, if it does. */
export function orderCurrency(ctx: Context, order: PriceOrder): string | undefined {
  return order.price_data?.currency ?? storedPrice(ctx, order.pricing?.price)?.currency
}

function storedPrice(ctx: Context, id: string | undefined): Stripe.Price | undefined {
  const price = id === undefined ? undefined : must(ctx, 'price', id, 'pricing[price]')
  if (!price?.recurring) return price
  throw invalid(
    'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
    'pricing[price]',
  )
}

function inlinePrice(ctx: Context, given: InlinePrice): Stripe.Price {
  must(ctx, 'product', given.product, 'price_data[product]')
  const unit = given.unit_amount_decimal ?? given.unit_amount?.toString()
  if (unit === undefined) throw absent('price_data[unit_amount]')
  const { currency, product, tax_behavior } = given
  const made = create(
    ctx,
    'price',
    priceShape(ctx, { currency, product, unit, recurring: null, tax_behavior }),
    'price.created',
  )
  return change(ctx, 'price', made, { active: false })
}
