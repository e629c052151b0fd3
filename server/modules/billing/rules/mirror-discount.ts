import * as z from 'zod'
import type { CouponFacts } from './facts.ts'
import { ref, text, whole } from './mirror-object.ts'

const Coupon = z.object({ id: z.string(), name: text, percent_off: z.number().nullish(), amount_off: whole })
const Code = z.union([z.string(), z.object({ id: z.string(), code: z.string() })]).nullish()
const Discount = z.object({
  id: z.string(),
  promotion_code: Code,
  source: z.object({ coupon: z.union([z.string(), Coupon]).nullish() }).nullish(),
})

/** Discounts of an invoice by id, those that came expanded; a bare id says nothing of its coupon. */
export const coupons = z
  .array(z.union([Discount, ref]))
  .nullish()
  .transform((list) =>
    Object.fromEntries(
      (list ?? []).flatMap((discount): [string, CouponFacts][] =>
        typeof discount === 'object' ? [[discount.id, couponOf(discount)]] : [],
      ),
    ),
  )

function couponOf({ promotion_code: promotion, source }: z.infer<typeof Discount>): CouponFacts {
  const coupon = source?.coupon
  const details = typeof coupon === 'object' && coupon ? coupon : undefined
  const code = typeof promotion === 'object' && promotion ? promotion.code : undefined
  return {
    name: details?.name ?? details?.id ?? (typeof coupon === 'string' ? coupon : 'Discount'),
    ...(code === undefined ? {} : { code }),
    ...(typeof details?.percent_off === 'number' ? { percentOff: details.percent_off } : {}),
    ...(details?.amount_off === undefined ? {} : { amountOff: details.amount_off }),
  }
}
