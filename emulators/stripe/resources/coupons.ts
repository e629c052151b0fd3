import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, type Context, find, must } from '../engine/context.ts'
import { couponExtra } from '../engine/coupons.ts'
import { emit } from '../engine/events.ts'
import { isSupported } from '../engine/money.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { coupon } from '../shapes/coupon.ts'

const currency_options = p.map(p.object({ amount_off: p.needed(p.integer(1)) }))

type Worth = { amount_off?: number; currency?: string; percent_off?: string }

/** A coupon takes off either a percentage or an amount in a currency. */
function worthOf({ amount_off, currency, percent_off }: Worth) {
  if ((amount_off === undefined) === (percent_off === undefined))
    throw invalid('You must specify exactly one of these parameters: percent_off, amount_off.', 'percent_off')
  if (percent_off !== undefined) {
    const percent = Number(percent_off)
    if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent_off) || percent <= 0 || percent > 100)
      throw invalid('Invalid percent_off: must be greater than 0 and at most 100.', 'percent_off')
    return { percent_off: percent, amount_off: null, currency: null }
  }
  if (currency === undefined) throw p.absent('currency')
  if (!isSupported(currency)) throw invalid(`Invalid currency: ${currency}.`, 'currency')
  return { amount_off: amount_off ?? 0, currency, percent_off: null }
}

function monthsOf(duration: string, months: number | undefined): number | null {
  if (duration === 'repeating') {
    if (months === undefined) throw p.absent('duration_in_months')
    return months
  }
  if (months === undefined) return null
  throw invalid('duration_in_months can only be set when duration is repeating.', 'duration_in_months')
}

function keepExtra(
  ctx: Context,
  id: string,
  given: { products?: string[]; options?: Record<string, { amount_off: number }> },
) {
  for (const [index, product] of (given.products ?? []).entries())
    must(ctx, 'product', product, `applies_to[products][${index}]`)
  const before = couponExtra(ctx, id)
  const currency_options = { ...before.currency_options, ...given.options }
  const applies_to = given.products ? { products: given.products } : before.applies_to
  ctx.store.put('stripe.coupon_extra', id, { currency_options, ...(applies_to ? { applies_to } : {}) })
}

export const coupons = [
  endpoint(
    'POST',
    '/v1/coupons',
    {
      amount_off: p.integer(1),
      applies_to: p.object({ products: p.list(p.string()) }),
      currency: p.currency,
      currency_options,
      duration: p.oneOf('forever', 'once', 'repeating'),
      duration_in_months: p.integer(1),
      id: p.string(200),
      max_redemptions: p.integer(1),
      metadata: p.metadata,
      name: p.string(40),
      percent_off: p.decimal,
      redeem_by: p.integer(0),
    },
    (ctx, params) => {
      const { id, duration = 'once', duration_in_months: months, max_redemptions = null, name = null } = params
      const { redeem_by = null } = params
      if (id !== undefined && find(ctx, 'coupon', id))
        throw invalid('Coupon already exists.', 'id', 'resource_already_exists')
      if (redeem_by !== null && redeem_by <= ctx.now) throw invalid('redeem_by must be in the future.', 'redeem_by')
      const fresh = coupon(ctx, {
        ...(id === undefined ? {} : { id }),
        ...worthOf(params),
        duration,
        duration_in_months: monthsOf(duration, months),
        max_redemptions,
        metadata: mergeMetadata({}, params.metadata),
        name,
        redeem_by,
      })
      ctx.store.remove('stripe.coupon_extra', fresh.id)
      keepExtra(ctx, fresh.id, { products: params.applies_to?.products, options: params.currency_options })
      return create(ctx, 'coupon', fresh, 'coupon.created')
    },
  ),
  endpoint('GET', '/v1/coupons', { ...paging, created: p.range }, (ctx, params) => {
    const found = all(ctx, 'coupon').filter(({ created }) => within(created, params.created))
    return page(found, params, '/v1/coupons')
  }),
  endpoint('GET', '/v1/coupons/:id', {}, (ctx, _, { id }) => must(ctx, 'coupon', id)),
  endpoint(
    'POST',
    '/v1/coupons/:id',
    { currency_options, metadata: p.metadata, name: p.string(40) },
    (ctx, { metadata, name, currency_options: options }, { id }) => {
      const before = must(ctx, 'coupon', id)
      if (options) keepExtra(ctx, id, { options })
      const patch = { ...(name === undefined ? {} : { name }), metadata: mergeMetadata(before.metadata, metadata) }
      return change(ctx, 'coupon', before, patch, 'coupon.updated')
    },
  ),
  endpoint('DELETE', '/v1/coupons/:id', {}, (ctx, _, { id }) => {
    const before = must(ctx, 'coupon', id)
    ctx.store.remove('stripe.coupon', id)
    ctx.store.put('stripe.coupon_gone', id, { ...before, valid: false })
    emit(ctx, 'coupon.deleted', before)
    return { id, object: 'coupon', deleted: true }
  }),
]
