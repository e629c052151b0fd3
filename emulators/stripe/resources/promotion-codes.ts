import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { promotionCode } from '../shapes/coupon.ts'
import { live } from './customers.ts'

const currency_options = p.map(p.object({ minimum_amount: p.needed(p.integer(0)) }))

export const promotionCodes = [
  endpoint(
    'POST',
    '/v1/promotion_codes',
    {
      active: p.boolean,
      code: p.string(500),
      customer: p.string(),
      expires_at: p.integer(0),
      max_redemptions: p.integer(1),
      metadata: p.metadata,
      promotion: p.needed(p.object({ type: p.needed(p.literal('coupon')), coupon: p.needed(p.string()) })),
      restrictions: p.object({
        currency_options,
        first_time_transaction: p.boolean,
        minimum_amount: p.integer(0),
        minimum_amount_currency: p.currency,
      }),
    },
    (ctx, { promotion, restrictions = {}, metadata, ...given }) => {
      const coupon = must(ctx, 'coupon', promotion.coupon, 'promotion[coupon]')
      if (given.customer !== undefined) live(ctx, given.customer, 'customer')
      if (given.expires_at !== undefined && given.expires_at <= ctx.now)
        throw invalid('The expiration time must be in the future.', 'expires_at')
      if (given.code !== undefined && !/^[\w-]+$/.test(given.code))
        throw invalid('The code may only contain letters, digits, dashes and underscores.', 'code')
      const twin = all(ctx, 'promotion_code').some(
        ({ active, code }) => active && code.toLowerCase() === given.code?.toLowerCase(),
      )
      if (twin && given.active !== false)
        throw invalid(`An active promotion code with \`code: ${given.code}\` already exists.`, 'code')
      if ((restrictions.minimum_amount === undefined) !== (restrictions.minimum_amount_currency === undefined))
        throw p.absent('restrictions[minimum_amount_currency]')
      const { first_time_transaction = false, minimum_amount = null, minimum_amount_currency = null } = restrictions
      const options = restrictions.currency_options ? { currency_options: restrictions.currency_options } : {}
      const limits = { ...options, first_time_transaction, minimum_amount, minimum_amount_currency }
      const fresh = promotionCode(ctx, coupon.id, {
        ...given,
        metadata: mergeMetadata({}, metadata),
        restrictions: limits,
      })
      return create(ctx, 'promotion_code', fresh, 'promotion_code.created')
    },
  ),
  endpoint(
    'GET',
    '/v1/promotion_codes',
    {
      ...paging,
      active: p.boolean,
      code: p.string(),
      coupon: p.string(),
      created: p.range,
      customer: p.string(),
    },
    (ctx, params) => {
      const found = all(ctx, 'promotion_code').filter(
        (code) =>
          (params.active === undefined || code.active === params.active) &&
          (params.code === undefined || code.code.toLowerCase() === params.code.toLowerCase()) &&
          (params.coupon === undefined || code.promotion.coupon === params.coupon) &&
          (params.customer === undefined || code.customer === params.customer) &&
          within(code.created, params.created),
      )
      return page(found, params, '/v1/promotion_codes')
    },
  ),
  endpoint('GET', '/v1/promotion_codes/:id', {}, (ctx, _, { id }) => must(ctx, 'promotion_code', id)),
  endpoint(
    'POST',
    '/v1/promotion_codes/:id',
    { active: p.boolean, metadata: p.metadata, restrictions: p.object({ currency_options }) },
    (ctx, { active, metadata, restrictions }, { id }) => {
      const before = must(ctx, 'promotion_code', id)
      if (active === true && before.expires_at !== null && ctx.now >= before.expires_at)
        throw invalid('This promotion code has expired and cannot be activated again.', 'active')
      const patch = {
        ...(active === undefined ? {} : { active }),
        ...(restrictions === undefined ? {} : { restrictions: { ...before.restrictions, ...restrictions } }),
        metadata: mergeMetadata(before.metadata, metadata),
      }
      return change(ctx, 'promotion_code', before, patch, 'promotion_code.updated')
    },
  ),
]
