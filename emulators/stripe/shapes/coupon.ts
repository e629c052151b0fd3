import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId, token } from '../engine/ids.ts'

type CouponGiven = Pick<Stripe.Coupon, 'duration'> & Partial<Stripe.Coupon>

/** A coupon nobody has redeemed yet; its id is what the merchant chose, or eight letters. */
export function coupon(ctx: Context, { id = token(8), ...given }: CouponGiven): Stripe.Coupon {
  return {
    id,
    object: 'coupon',
    amount_off: null,
    created: ctx.now,
    currency: null,
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: null,
    percent_off: null,
    redeem_by: null,
    times_redeemed: 0,
    valid: true,
    ...given,
  }
}

/** A code customers type in, which stands for a coupon. */
export function promotionCode(
  ctx: Context,
  coupon: string,
  given: Partial<Stripe.PromotionCode>,
): Stripe.PromotionCode {
  return {
    id: newId('promotion_code'),
    object: 'promotion_code',
    active: true,
    code: token(8).toUpperCase(),
    created: ctx.now,
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    promotion: { type: 'coupon', coupon },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
    ...given,
  }
}

type DiscountGiven = { coupon: string; end: number | null } & Partial<Stripe.Discount>

/** A coupon as redeemed for one owner. */
export function discount(ctx: Context, { coupon: source, end, ...given }: DiscountGiven): Stripe.Discount {
  return {
    id: newId('discount'),
    object: 'discount',
    checkout_session: null,
    customer: null,
    customer_account: null,
    end,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { type: 'coupon', coupon: source },
    start: ctx.now,
    subscription: null,
    subscription_item: null,
    ...given,
  }
}
