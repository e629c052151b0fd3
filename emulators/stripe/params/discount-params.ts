import * as p from '../http/params.ts'

/** The coupons and promotion codes to redeem, and discounts to keep, in the order they apply; empty takes all away. */
export const discountParams = p.clearable(
  p.list(p.object({ coupon: p.string(), promotion_code: p.string(), discount: p.string() })),
)
