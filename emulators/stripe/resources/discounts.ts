import { find, must } from '../engine/context.ts'
import { liveDiscounts, removeDiscount } from '../engine/discounting.ts'
import { endpoint } from '../http/endpoint.ts'
import { missing } from '../http/errors.ts'

export const discounts = [
  endpoint('DELETE', '/v1/subscriptions/:id/discount', {}, (ctx, _, { id }) => {
    const [first] = liveDiscounts(ctx, must(ctx, 'subscription', id).discounts)
    const discount = find(ctx, 'discount', first ?? '')
    if (!discount) throw missing('discount', id, 'id')
    removeDiscount(ctx, discount)
    return must(ctx, 'discount', discount.id)
  }),
]
