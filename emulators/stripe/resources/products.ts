import type { Stripe } from 'stripe'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, by, must } from '../engine/context.ts'
import { emit } from '../engine/events.ts'
import { newId } from '../engine/ids.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { price } from '../shapes/price.ts'
import { recurringOf, unitOf } from '../params/price-params.ts'

const shared = {
  active: p.boolean,
  description: p.clearable(p.string(40_000)),
  images: p.list(p.string()),
  marketing_features: p.list(p.object({ name: p.needed(p.string(80)) })),
  metadata: p.metadata,
  statement_descriptor: p.clearable(p.string(22)),
  tax_code: p.clearable(p.string()),
  unit_label: p.clearable(p.string(12)),
  url: p.clearable(p.string()),
}
const default_price_data = p.object({
  currency: p.needed(p.currency),
  metadata: p.metadata,
  recurring: p.object({ interval: p.needed(p.oneOf('day', 'week', 'month', 'year')), interval_count: p.integer(1) }),
  unit_amount: p.integer(0),
  unit_amount_decimal: p.decimal,
})

export const products = [
  endpoint(
    'POST',
    '/v1/products',
    { ...shared, name: p.needed(p.string()), id: p.string(), default_price_data },
    (ctx, params) => {
      const { default_price_data: data, metadata, id = newId('product'), ...given } = params
      if (all(ctx, 'product').some((other) => other.id === id))
        throw invalid('Product already exists.', 'id', 'resource_already_exists')
      const product: Stripe.Product = {
        id,
        object: 'product',
        active: true,
        created: ctx.now,
        default_price: null,
        description: null,
        images: [],
        livemode: false,
        marketing_features: [],
        metadata: mergeMetadata({}, metadata),
        package_dimensions: null,
        shippable: null,
        statement_descriptor: null,
        tax_code: null,
        tax_details: null,
        type: 'service',
        unit_label: null,
        updated: ctx.now,
        url: null,
        ...given,
      }
      if (!data) return create(ctx, 'product', product, 'product.created')
      const own = price(ctx, {
        ...data,
        product: id,
        unit: unitOf(data),
        recurring: recurringOf(ctx, data.recurring),
        metadata: mergeMetadata({}, data.metadata),
      })
      const stored = create(ctx, 'product', { ...product, default_price: own.id }, 'product.created')
      create(ctx, 'price', own, 'price.created')
      return stored
    },
  ),
  endpoint(
    'GET',
    '/v1/products',
    { ...paging, active: p.boolean, created: p.range, ids: p.list(p.string()) },
    (ctx, params) => {
      const found = all(ctx, 'product').filter(
        (product) =>
          (params.active === undefined || product.active === params.active) &&
          (params.ids === undefined || params.ids.includes(product.id)) &&
          within(product.created, params.created),
      )
      return page(found, params, '/v1/products')
    },
  ),
  endpoint('GET', '/v1/products/:id', {}, (ctx, _, { id }) => must(ctx, 'product', id)),
  endpoint(
    'POST',
    '/v1/products/:id',
    { ...shared, name: p.string(), default_price: p.string() },
    (ctx, { metadata, ...given }, { id }) => {
      const before = must(ctx, 'product', id)
      if (given.default_price !== undefined) must(ctx, 'price', given.default_price, 'default_price')
      const merged = mergeMetadata(before.metadata, metadata)
      return change(ctx, 'product', before, { ...given, metadata: merged, updated: ctx.now }, 'product.updated')
    },
  ),
  endpoint('DELETE', '/v1/products/:id', {}, (ctx, _, { id }) => {
    const product = must(ctx, 'product', id)
    if (by(ctx, 'price', 'product', id).length > 0)
      throw invalid('This product cannot be deleted because it has one or more user-created prices.')
    ctx.store.remove('stripe.product', id)
    emit(ctx, 'product.deleted', product)
    return { id, object: 'product', deleted: true }
  }),
]
