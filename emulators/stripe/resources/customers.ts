import type { Stripe } from 'stripe'
import { NO_ADDRESS } from '../shapes/payment-method.ts'
import { customer } from '../shapes/customer.ts'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, by, type Context, must, put } from '../engine/context.ts'
import { deleteCustomer } from '../engine/deleting-customers.ts'
import { attach } from '../engine/payment-methods.ts'
import { TAX_ID_TYPES } from '../engine/tax-id-types.ts'
import { addTaxId } from '../engine/tax-ids.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid, missing } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const address = p.clearable(
  p.object({
    city: p.clearable(p.string()),
    country: p.clearable(p.string()),
    line1: p.clearable(p.string()),
    line2: p.clearable(p.string()),
    postal_code: p.clearable(p.string()),
    state: p.clearable(p.string()),
  }),
)
const shared = {
  address,
  balance: p.integer(),
  description: p.clearable(p.string()),
  email: p.clearable(p.string(512)),
  invoice_prefix: p.string(12),
  invoice_settings: p.object({
    custom_fields: p.clearable(p.list(p.object({ name: p.needed(p.string(40)), value: p.needed(p.string(140)) }))),
    default_payment_method: p.clearable(p.string()),
    footer: p.clearable(p.string()),
  }),
  metadata: p.metadata,
  name: p.clearable(p.string()),
  next_invoice_sequence: p.integer(1),
  phone: p.clearable(p.string()),
  preferred_locales: p.list(p.string()),
  shipping: p.clearable(p.object({ address: p.needed(address), name: p.needed(p.string()), phone: p.string() })),
  tax_exempt: p.clearable(p.oneOf('exempt', 'none', 'reverse')),
}
const taxIdData = p.list(p.object({ type: p.needed(p.oneOf(...TAX_ID_TYPES)), value: p.needed(p.string()) }))
type Given = Partial<p.Values<typeof shared>>

function patchOf(ctx: Context, before: Stripe.Customer, given: Given): Partial<Stripe.Customer> {
  const { metadata, invoice_settings: settings, address: place, shipping, tax_exempt, ...plain } = given
  const method = settings?.default_payment_method
  if (method) {
    const { customer: owner } = must(ctx, 'payment_method', method, 'invoice_settings[default_payment_method]')
    if (owner !== before.id)
      throw invalid(
        `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
        'invoice_settings[default_payment_method]',
      )
  }
  return {
    ...plain,
    ...(place === undefined ? {} : { address: place && { ...NO_ADDRESS, ...place } }),
    ...(shipping === undefined
      ? {}
      : { shipping: shipping && { ...shipping, address: { ...NO_ADDRESS, ...shipping.address } } }),
    ...(tax_exempt === undefined ? {} : { tax_exempt: tax_exempt ?? 'none' }),
    ...(metadata === undefined ? {} : { metadata: mergeMetadata(before.metadata, metadata) }),
    ...(settings === undefined ? {} : { invoice_settings: { ...before.invoice_settings, ...settings } }),
  }
}

export const customers = [
  endpoint(
    'POST',
    '/v1/customers',
    { ...shared, payment_method: p.string(), tax_id_data: taxIdData, test_clock: p.string() },
    (ctx, { payment_method, tax_id_data: ids, test_clock, ...given }) => {
      if (test_clock !== undefined) must(ctx, 'test_clock', test_clock, 'test_clock')
      const fresh = { ...customer(ctx), test_clock: test_clock ?? null }
      put(ctx, 'customer', fresh)
      const method = payment_method === undefined ? undefined : attach(ctx, payment_method, fresh.id)
      const settings = given.invoice_settings
      // The token that is attached here may also be named as the default: both mean the one new payment method.
      const named =
        method && settings?.default_payment_method === payment_method
          ? { ...settings, default_payment_method: method.id }
          : settings
      const patch = patchOf(ctx, fresh, { ...given, ...(named ? { invoice_settings: named } : {}) })
      const made = create(ctx, 'customer', { ...fresh, ...patch }, 'customer.created')
      for (const id of ids ?? []) addTaxId(ctx, made, id)
      return made
    },
  ),
  endpoint(
    'GET',
    '/v1/customers',
    { ...paging, email: p.string(), created: p.range, test_clock: p.string() },
    (ctx, params) => {
      const found = params.email === undefined ? all(ctx, 'customer') : by(ctx, 'customer', 'email', params.email)
      const live = found.filter(
        (entry) =>
          !('deleted' in entry) &&
          entry.test_clock === (params.test_clock ?? null) &&
          within(entry.created, params.created),
      )
      return page(live, params, '/v1/customers')
    },
  ),
  endpoint('GET', '/v1/customers/:id', {}, (ctx, _, { id }) => must(ctx, 'customer', id)),
  endpoint('POST', '/v1/customers/:id', shared, (ctx, given, { id }) => {
    const before = live(ctx, id)
    return change(ctx, 'customer', before, patchOf(ctx, before, given), 'customer.updated')
  }),
  endpoint('DELETE', '/v1/customers/:id', {}, (ctx, _, { id }) => {
    return deleteCustomer(ctx, live(ctx, id))
  }),
  endpoint('GET', '/v1/customers/:id/payment_methods', { ...paging, type: p.string() }, (ctx, params, { id }) => {
    const owned = by(ctx, 'payment_method', 'customer', live(ctx, id).id)
    return page(
      owned.filter(({ type }) => params.type === undefined || type === params.type),
      params,
      `/v1/customers/${id}/payment_methods`,
    )
  }),
]

export function live(ctx: Context, id: string, param = 'id'): Stripe.Customer {
  const found = must(ctx, 'customer', id, param)
  if ('deleted' in found) throw missing('customer', id, param)
  return found
}
