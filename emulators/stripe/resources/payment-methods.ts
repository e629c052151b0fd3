import { cardByNumber, testCard } from '../engine/cards.ts'
import { change, mergeMetadata } from '../engine/changes.ts'
import { by, must } from '../engine/context.ts'
import { attach, newMethod } from '../engine/payment-methods.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { NO_ADDRESS } from '../shapes/payment-method.ts'
import { live } from './customers.ts'

const text = p.clearable(p.string())
const billing_details = p.object({
  address: p.clearable(
    p.object({ city: text, country: text, line1: text, line2: text, postal_code: text, state: text }),
  ),
  email: text,
  name: text,
  phone: text,
})
type Details = p.Values<{ billing_details: typeof billing_details }>['billing_details']

function details(given: Details) {
  const { address, ...rest } = given ?? {}
  return { ...rest, ...(address === undefined ? {} : { address: { ...NO_ADDRESS, ...address } }) }
}

export const paymentMethods = [
  endpoint(
    'POST',
    '/v1/payment_methods',
    {
      type: p.needed(p.literal('card')),
      billing_details,
      card: p.needed(
        p.object({
          token: p.string(),
          number: p.string(),
          exp_month: p.integer(1),
          exp_year: p.integer(1),
          cvc: p.string(),
        }),
      ),
      metadata: p.metadata,
    },
    (ctx, params) => {
      const { token, number, exp_month, exp_year } = params.card
      const card = token === undefined ? cardByNumber(number ?? '') : testCard(token)
      if (!card)
        throw invalid(
          token === undefined ? 'Your card number is incorrect.' : `No such token: '${token}'`,
          token === undefined ? 'card[number]' : 'card[token]',
          token === undefined ? 'incorrect_number' : 'resource_missing',
        )
      const method = newMethod(ctx, card)
      const dated = method.card && {
        ...method.card,
        ...(exp_month === undefined ? {} : { exp_month }),
        ...(exp_year === undefined ? {} : { exp_year }),
      }
      const metadata = mergeMetadata({}, params.metadata)
      return change(ctx, 'payment_method', method, {
        card: dated,
        metadata,
        billing_details: { ...method.billing_details, ...details(params.billing_details) },
      })
    },
  ),
  endpoint('GET', '/v1/payment_methods', { ...paging, customer: p.string(), type: p.string() }, (ctx, params) => {
    const owned =
      params.customer === undefined
        ? []
        : by(ctx, 'payment_method', 'customer', live(ctx, params.customer, 'customer').id)
    return page(
      owned.filter(({ type }) => params.type === undefined || type === params.type),
      params,
      '/v1/payment_methods',
    )
  }),
  endpoint('GET', '/v1/payment_methods/:id', {}, (ctx, _, { id }) => must(ctx, 'payment_method', id)),
  endpoint(
    'POST',
    '/v1/payment_methods/:id',
    { billing_details, card: p.object({ exp_month: p.integer(1), exp_year: p.integer(1) }), metadata: p.metadata },
    (ctx, params, { id }) => {
      const before = must(ctx, 'payment_method', id)
      const patch = {
        metadata: mergeMetadata(before.metadata, params.metadata),
        billing_details: { ...before.billing_details, ...details(params.billing_details) },
        ...(before.card ? { card: { ...before.card, ...params.card } } : {}),
      }
      return change(ctx, 'payment_method', before, patch, 'payment_method.updated')
    },
  ),
  endpoint('POST', '/v1/payment_methods/:id/attach', { customer: p.needed(p.string()) }, (ctx, params, { id }) =>
    attach(ctx, id, live(ctx, params.customer, 'customer').id, 'id'),
  ),
  endpoint('POST', '/v1/payment_methods/:id/detach', {}, (ctx, _, { id }) => {
    const before = must(ctx, 'payment_method', id)
    if (before.customer === null)
      throw invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
        undefined,
        'payment_method_unexpected_state',
      )
    const owner = live(ctx, String(before.customer))
    if (owner.invoice_settings.default_payment_method === id) {
      change(
        ctx,
        'customer',
        owner,
        { invoice_settings: { ...owner.invoice_settings, default_payment_method: null } },
        'customer.updated',
      )
    }
    return change(ctx, 'payment_method', before, { customer: null }, 'payment_method.detached')
  }),
]
