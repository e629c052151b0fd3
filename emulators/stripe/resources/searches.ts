import type { Stripe } from 'stripe'
import { all, type Kind } from '../engine/context.ts'
import { subscriptionOf } from '../engine/drafting.ts'
import { matcher, type Searchable } from '../engine/searching.ts'
import { endpoint } from '../http/endpoint.ts'
import { searchPage, searchParams } from '../http/search-page.ts'
import { readQuery } from '../http/search-query.ts'

const paid = { amount: 'numeric', created: 'numeric', currency: 'token', customer: 'token', metadata: 'token' } as const

/** What Stripe's search page lists for each resource. */
const SEARCHABLE: Partial<Record<Kind, Searchable>> = {
  charge: {
    resource: 'charges',
    fields: {
      ...paid,
      'billing_details.address.postal_code': 'token',
      disputed: 'token',
      'payment_method_details.*.brand': 'token',
      'payment_method_details.*.exp_month': 'token',
      'payment_method_details.*.exp_year': 'token',
      'payment_method_details.*.fingerprint': 'token',
      'payment_method_details.*.last4': 'token',
      refunded: 'token',
      status: 'token',
    },
  },
  customer: {
    resource: 'customers',
    fields: { created: 'numeric', email: 'string', metadata: 'token', name: 'string', phone: 'string' },
  },
  invoice: {
    resource: 'invoices',
    fields: {
      created: 'numeric',
      currency: 'token',
      customer: 'token',
      last_finalization_error_code: 'token',
      last_finalization_error_type: 'token',
      metadata: 'token',
      number: 'token',
      receipt_number: 'token',
      status: 'token',
      subscription: 'token',
      total: 'numeric',
    },
    read(object) {
      const invoice = object as Stripe.Invoice
      const { code, type } = invoice.last_finalization_error ?? {}
      const subscription = subscriptionOf(invoice)
      return { subscription, last_finalization_error_code: code, last_finalization_error_type: type }
    },
  },
  payment_intent: { resource: 'payment_intents', fields: { ...paid, status: 'token' } },
  price: {
    resource: 'prices',
    fields: {
      active: 'token',
      currency: 'token',
      lookup_key: 'token',
      metadata: 'token',
      product: 'token',
      type: 'token',
    },
  },
  product: {
    resource: 'products',
    fields: {
      active: 'token',
      description: 'string',
      metadata: 'token',
      name: 'string',
      shippable: 'token',
      url: 'string',
    },
  },
  subscription: {
    resource: 'subscriptions',
    fields: { canceled_at: 'numeric', created: 'numeric', metadata: 'token', status: 'token' },
  },
}

/** Unlike Stripe's index, which lags up to a minute, this one knows of every change at once. */
export const searches = Object.entries(SEARCHABLE).map(([kind, searchable]) => {
  const path = `/v1/${searchable.resource}/search`
  return endpoint('GET', path, searchParams, (ctx, params) => {
    const isFound = matcher(readQuery(params.query), searchable)
    const found = all(ctx, kind as Kind).filter((object) => !('deleted' in object) && isFound(object))
    return searchPage(found, params, path)
  })
})
