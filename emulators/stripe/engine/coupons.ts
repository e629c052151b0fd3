import type { Stripe } from 'stripe'
import { type Context, find } from './context.ts'

/** What the API shows of a coupon only when asked to expand it. */
export type CouponExtra = {
  applies_to?: Stripe.Coupon.AppliesTo
  currency_options?: Record<string, Stripe.Coupon.CurrencyOptions>
}

export function couponExtra(ctx: Pick<Context, 'store'>, id: string): CouponExtra {
  return ctx.store.get<CouponExtra>('stripe.coupon_extra', id) ?? {}
}

/** The coupon behind a discount; a deleted coupon goes on for those who redeemed it before. */
export function couponOf(ctx: Pick<Context, 'store'>, discount: Pick<Stripe.Discount, 'source'>): Stripe.Coupon {
  const id = String(discount.source.coupon)
  const coupon = find(ctx, 'coupon', id) ?? ctx.store.get<Stripe.Coupon>('stripe.coupon_gone', id)
  if (!coupon) throw new Error(`the coupon ${id} of a discount is lost`)
  return coupon
}

/** What a coupon takes off in a currency, or undefined when it has no amount in it. */
export function amountOff(ctx: Pick<Context, 'store'>, coupon: Stripe.Coupon, currency: string): number | undefined {
  if (coupon.currency === currency) return coupon.amount_off ?? undefined
  return couponExtra(ctx, coupon.id).currency_options?.[currency]?.amount_off
}

/** Whether a coupon can still be redeemed at a moment. */
export function redeemable(coupon: Stripe.Coupon, now: number): boolean {
  const { redeem_by, max_redemptions, times_redeemed } = coupon
  return (redeem_by === null || now < redeem_by) && (max_redemptions === null || times_redeemed < max_redemptions)
}
