import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, by, must } from '../engine/context.ts'
import { isSupported } from '../engine/money.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { recurringOf, recurringParams, schemeOf, schemeParams, unitOf, unitParams } from '../params/price-params.ts'
import { amounts, price } from '../shapes/price.ts'

const taxBehavior = p.oneOf('exclusive', 'inclusive', 'unspecified')

export const prices = [
  endpoint(
    'POST',
    '/v1/prices',
    {
      ...unitParams,
      ...schemeParams,
      currency: p.needed(p.currency),
      active: p.boolean,
      currency_options: p.map(p.object({ ...unitParams, tax_behavior: taxBehavior })),
      lookup_key: p.string(200),
      metadata: p.metadata,
      nickname: p.string(),
      product: p.string(),
      recurring: recurringParams,
      tax_behavior: taxBehavior,
      transfer_lookup_key: p.boolean,
    },
    (ctx, params) => {
      if (!isSupported(params.currency)) throw invalid(`Invalid currency: ${params.currency}.`, 'currency')
      if (params.product === undefined) throw p.absent('product')
      must(ctx, 'product', params.product, 'product')
      const taken = params.lookup_key === undefined ? undefined : by(ctx, 'price', 'lookup_key', params.lookup_key)[0]
      if (taken && params.transfer_lookup_key !== true) {
        throw invalid(
          `A price (\`${taken.id}\`) already uses that lookup key.`,
          'lookup_key',
          'resource_already_exists',
        )
      }
      if (taken) change(ctx, 'price', taken, { lookup_key: null }, 'price.updated')
      const tiers = schemeOf(params)
      if (tiers && params.currency_options)
        throw invalid('Tiered prices in several currencies are not emulated.', 'currency_options')
      const fresh = price(ctx, {
        ...params,
        product: params.product,
        unit: tiers ? null : unitOf(params),
        recurring: recurringOf(ctx, params.recurring),
        metadata: mergeMetadata({}, params.metadata),
      })
      const options = Object.entries(params.currency_options ?? {}).map(([code, option]) => {
        const shown = {
          custom_unit_amount: null,
          tax_behavior: option.tax_behavior ?? 'unspecified',
          ...amounts(unitOf(option)),
        }
        return [code, shown] as const
      })
      if (tiers) ctx.store.put('stripe.price_tiers', fresh.id, { id: fresh.id, tiers })
      if (options.length > 0) ctx.store.put('stripe.price_options', fresh.id, Object.fromEntries(options))
      return create(ctx, 'price', fresh, 'price.created')
    },
  ),
  endpoint(
    'GET',
    '/v1/prices',
    {
      ...paging,
      active: p.boolean,
      created: p.range,
      currency: p.currency,
      lookup_keys: p.list(p.string()),
      product: p.string(),
      type: p.oneOf('one_time', 'recurring'),
    },
    (ctx, params) => {
      const found = all(ctx, 'price').filter(
        (entry) =>
          (params.active === undefined || entry.active === params.active) &&
          (params.currency === undefined || entry.currency === params.currency) &&
          (params.product === undefined || entry.product === params.product) &&
          (params.type === undefined || entry.type === params.type) &&
          (params.lookup_keys === undefined || params.lookup_keys.includes(entry.lookup_key ?? '')) &&
          within(entry.created, params.created),
      )
      return page(found, params, '/v1/prices')
    },
  ),
  endpoint('GET', '/v1/prices/:id', {}, (ctx, _, { id }) => must(ctx, 'price', id)),
  endpoint(
    'POST',
    '/v1/prices/:id',
    {
      active: p.boolean,
      lookup_key: p.clearable(p.string(200)),
      metadata: p.metadata,
      nickname: p.clearable(p.string()),
      tax_behavior: taxBehavior,
    },
    (ctx, { metadata, ...given }, { id }) => {
      const before = must(ctx, 'price', id)
      return change(
        ctx,
        'price',
        before,
        { ...given, metadata: mergeMetadata(before.metadata, metadata) },
        'price.updated',
      )
    },
  ),
]
