import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { all, type Context, find, must } from './context.ts'
import { removeDiscount } from './discounting.ts'
import type { Due } from './due.ts'

/** Discounts that end, coupons and promotion codes whose time to be redeemed is over. */
export function dueDiscounts(ctx: Context): (Due | undefined)[] {
  return [
    ...all(ctx, 'discount').map(ofDiscount),
    ...all(ctx, 'coupon').map(ofCoupon),
    ...all(ctx, 'promotion_code').map(ofCode),
  ]
}

function ofDiscount(discount: Stripe.Discount): Due | undefined {
  const { id, end, subscription } = discount
  if (discount.deleted !== undefined || end === null || subscription === null) return undefined
  const again = (ctx: Context) => ofDiscount(must(ctx, 'discount', id))
  return { key: id, at: end, again, run: (ctx) => removeDiscount(ctx, must(ctx, 'discount', id)) }
}

function ofCoupon({ id, redeem_by, valid }: Stripe.Coupon): Due | undefined {
  if (!valid || redeem_by === null) return undefined
  const again = (ctx: Context) => {
    const coupon = find(ctx, 'coupon', id)
    return coupon && ofCoupon(coupon)
  }
  const run = (ctx: Context) => void change(ctx, 'coupon', must(ctx, 'coupon', id), { valid: false }, 'coupon.updated')
  return { key: `${id} redeem_by`, at: redeem_by, again, run }
}

function ofCode({ id, expires_at, active }: Stripe.PromotionCode): Due | undefined {
  if (!active || expires_at === null) return undefined
  const again = (ctx: Context) => ofCode(must(ctx, 'promotion_code', id))
  const run = (ctx: Context) =>
    void change(ctx, 'promotion_code', must(ctx, 'promotion_code', id), { active: false }, 'promotion_code.updated')
  return { key: id, at: expires_at, again, run }
}
