import type { Stripe } from 'stripe'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const shared = {
  active: p.boolean,
  country: p.string(2),
  description: p.string(),
  jurisdiction: p.string(50),
  metadata: p.metadata,
  state: p.string(2),
  tax_type: p.oneOf(
    'gst',
    'hst',
    'igst',
    'jct',
    'lease_tax',
    'pst',
    'qst',
    'retail_delivery_fee',
    'rst',
    'sales_tax',
    'service_tax',
    'vat',
  ),
}

function percentOf(text: string): number {
  const value = Number(text)
  if (value < 0 || value > 100 || !/^\d+(\.\d{1,4})?$/.test(text))
    throw invalid('A percentage must be between 0 and 100, with at most four decimals.', 'percentage')
  return value
}

export const taxRates = [
  endpoint(
    'POST',
    '/v1/tax_rates',
    {
      ...shared,
      display_name: p.needed(p.string(50)),
      inclusive: p.needed(p.boolean),
      percentage: p.needed(p.decimal),
    },
    (ctx, { percentage, metadata, ...given }) => {
      const rate: Stripe.TaxRate = {
        id: newId('tax_rate'),
        object: 'tax_rate',
        active: true,
        country: null,
        created: ctx.now,
        description: null,
        effective_percentage: null,
        flat_amount: null,
        jurisdiction: null,
        jurisdiction_level: null,
        livemode: false,
        metadata: mergeMetadata({}, metadata),
        percentage: percentOf(percentage),
        rate_type: 'percentage',
        state: null,
        tax_type: null,
        ...given,
      }
      return create(ctx, 'tax_rate', rate, 'tax_rate.created')
    },
  ),
  endpoint(
    'GET',
    '/v1/tax_rates',
    { ...paging, active: p.boolean, created: p.range, inclusive: p.boolean },
    (ctx, params) => {
      const fitting = all(ctx, 'tax_rate').filter(
        (rate) =>
          (params.active === undefined || rate.active === params.active) &&
          (params.inclusive === undefined || rate.inclusive === params.inclusive) &&
          within(rate.created, params.created),
      )
      return page(fitting, params, '/v1/tax_rates')
    },
  ),
  endpoint('GET', '/v1/tax_rates/:id', {}, (ctx, _, { id }) => must(ctx, 'tax_rate', id)),
  endpoint(
    'POST',
    '/v1/tax_rates/:id',
    { ...shared, display_name: p.string(50) },
    (ctx, { metadata, ...given }, { id }) => {
      const before = must(ctx, 'tax_rate', id)
      const patch = { ...given, metadata: mergeMetadata(before.metadata, metadata) }
      return change(ctx, 'tax_rate', before, patch, 'tax_rate.updated')
    },
  ),
]
