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

const Expandable = z.union([Discount, ref])

/** Discounts of an invoice by id, those that came expanded; a bare id says nothing of its coupon. */
export const coupons = z
  .array(Expandable)
  .nullish()
  .transform((list) => Object.fromEntries((list ?? []).flatMap(namedCoupon)))

/** What each discount takes off, with its coupon where it came expanded: so are those of single items. */
export const discountAmounts = z
  .array(z.object({ amount: z.int(), discount: Expandable }))
  .nullish()
  .transform((list) => ({
    amounts: (list ?? []).map(({ amount, discount }) => ({
      amount,
      discount: (typeof discount === 'object' ? discount.id : discount) ?? '',
    })),
    coupons: Object.fromEntries((list ?? []).flatMap(({ discount }) => namedCoupon(discount))),
  }))

/** A coupon known by its id alone has no name that tells anybody anything. */
function namedCoupon(discount: z.infer<typeof Expandable>): [string, CouponFacts][] {
  if (typeof discount !== 'object') return []
  const { promotion_code: code, source } = discount
  const known = (typeof source?.coupon === 'object' && source.coupon) || (typeof code === 'object' && code)
  return known ? [[discount.id, couponOf(discount)]] : []
}

function couponOf({ promotion_code: promotion, source }: z.infer<typeof Discount>): CouponFacts {
  const coupon = source?.coupon
  const details = typeof coupon === 'object' && coupon ? coupon : undefined
  const code = typeof promotion === 'object' && promotion ? promotion.code : undefined
  return {
    name: details?.name ?? details?.id ?? 'Discount',
    ...(code === undefined ? {} : { code }),
    ...(typeof details?.percent_off === 'number' ? { percentOff: details.percent_off } : {}),
    ...(details?.amount_off === undefined ? {} : { amountOff: details.amount_off }),
  }
}
