import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { discount as discountShape } from '../shapes/coupon.ts'
import { change, create } from './changes.ts'
import { by, type Context, find, must, put } from './context.ts'
import { emit } from './events.ts'
import { amountOff, redeemable } from './coupons.ts'
import { periodAfter } from './periods.ts'

export type DiscountOrder = { coupon?: string; promotion_code?: string; discount?: string }
type Owner = Pick<Partial<Stripe.Discount>, 'subscription' | 'subscription_item' | 'invoice' | 'invoice_item'>
type Place = { customer: string; currency: string; owner: Owner; known: string[]; amount?: number; param?: string }

/**
 * Turns what a request asks for into discounts, in its order: new ones for coupons and promotion codes, kept ones for ids
 * already on the object. `amount` is what the promotion code's minimum is held against. Returns their ids.
 */
export function redeem(ctx: Context, orders: DiscountOrder[], place: Place): string[] {
  const { param = 'discounts' } = place
  return orders.map((order, index) => {
    const at = `${param}[${index}]`
    const given = Object.values(order).filter((value) => value !== undefined)
    if (given.length !== 1)
      throw invalid('You must specify exactly one of these parameters: coupon, promotion_code, discount.', at)
    if (order.discount !== undefined) return kept(order.discount, place, at)
    const code = order.promotion_code === undefined ? undefined : takeCode(ctx, order.promotion_code, place, at)
    const coupon = must(ctx, 'coupon', code ? String(code.promotion.coupon) : (order.coupon ?? ''), `${at}[coupon]`)
    return take(ctx, coupon, code, place, at).id
  })
}

function kept(id: string, { known }: Place, at: string): string {
  if (known.includes(id)) return id
  throw invalid(`No such discount: '${id}'`, `${at}[discount]`, 'resource_missing')
}

function take(
  ctx: Context,
  coupon: Stripe.Coupon,
  code: Stripe.PromotionCode | undefined,
  { customer, currency, owner }: Place,
  at: string,
): Stripe.Discount {
  if (!redeemable(coupon, ctx.now)) {
    const late = coupon.redeem_by !== null && ctx.now >= coupon.redeem_by
    throw late
      ? invalid(`Coupon expired: ${coupon.id}`, `${at}[coupon]`, 'coupon_expired')
      : invalid(`Coupon ${coupon.id} is used up and cannot be applied.`, `${at}[coupon]`)
  }
  if (coupon.percent_off === null && amountOff(ctx, coupon, currency) === undefined) {
    const message = `The coupon ${coupon.id} takes off an amount in ${coupon.currency} and cannot be applied in ${currency}.`
    throw invalid(message, `${at}[coupon]`)
  }
  const times_redeemed = coupon.times_redeemed + 1
  const valid = redeemable({ ...coupon, times_redeemed }, ctx.now)
  change(ctx, 'coupon', coupon, { times_redeemed, valid }, 'coupon.updated')
  const months = coupon.duration === 'repeating' ? (coupon.duration_in_months ?? 1) : null
  const end = months === null ? null : periodAfter(ctx.now, { interval: 'month', interval_count: months }, 1)
  const made = discountShape(ctx, { ...owner, customer, coupon: coupon.id, promotion_code: code?.id ?? null, end })
  return create(ctx, 'discount', made, 'customer.discount.created')
}

/** Counts one use of a promotion code, if its own conditions hold. */
function takeCode(ctx: Context, id: string, place: Place, at: string): Stripe.PromotionCode {
  const param = `${at}[promotion_code]`
  const code = must(ctx, 'promotion_code', id, param)
  const { active, expires_at, max_redemptions, times_redeemed, restrictions } = code
  if (!active || (expires_at !== null && ctx.now >= expires_at))
    throw invalid('This promotion code is inactive or has expired.', param)
  if (code.customer !== null && code.customer !== place.customer)
    throw invalid('This promotion code belongs to another customer.', param)
  if (restrictions.first_time_transaction && hasPaid(ctx, place.customer))
    throw invalid(
      'This promotion code cannot be redeemed because the associated customer has prior transactions.',
      param,
    )
  refuseBelowMinimum(restrictions, place, param)
  const used = times_redeemed + 1
  const patch = { times_redeemed: used, active: max_redemptions === null || used < max_redemptions }
  return change(ctx, 'promotion_code', code, patch, 'promotion_code.updated')
}

function refuseBelowMinimum(limits: Stripe.PromotionCode.Restrictions, place: Place, param: string): void {
  const { amount, currency } = place
  if (limits.minimum_amount === null || amount === undefined) return
  const own = limits.minimum_amount_currency === currency ? limits.minimum_amount : undefined
  const minimum = own ?? limits.currency_options?.[currency]?.minimum_amount
  if (minimum === undefined) throw invalid(`This promotion code has no minimum amount in ${currency}.`, param)
  if (amount < minimum)
    throw invalid(`This promotion code cannot be redeemed because the amount is below its minimum.`, param)
}

const hasPaid = (ctx: Context, customer: string): boolean =>
  by(ctx, 'charge', 'customer', customer).some(({ paid }) => paid) ||
  by(ctx, 'invoice', 'customer', customer).some(({ status, amount_due }) => status === 'paid' && amount_due > 0)

/** Ends a discount: it stays behind, marked as deleted, for the invoices that used it. */
export function endDiscount(ctx: Context, id: string): void {
  const discount = find(ctx, 'discount', id)
  if (!discount || discount.deleted !== undefined) return
  const { end: _, ...rest } = discount
  const gone: Stripe.DeletedDiscount = { ...rest, deleted: true }
  put(ctx, 'discount', gone as unknown as Stripe.Discount)
  emit(ctx, 'customer.discount.deleted', discount)
}

/** The discounts of an owner after a request that may replace them: undefined keeps them; those not kept end. */
export function replaceDiscounts(ctx: Context, orders: DiscountOrder[] | null | undefined, place: Place): string[] {
  if (orders === undefined) return place.known
  const next = redeem(ctx, orders ?? [], place)
  for (const id of place.known) if (!next.includes(id)) endDiscount(ctx, id)
  return next
}
