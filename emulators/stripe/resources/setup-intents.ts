import type { Stripe } from 'stripe'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, type Context, idOf, must } from '../engine/context.ts'
import { methodFrom } from '../engine/payment-methods.ts'
import { confirmSetup } from '../engine/setting-up.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { setupIntent } from '../shapes/setup-intent.ts'
import { live } from './customers.ts'

const shared = {
  customer: p.string(),
  description: p.clearable(p.string(1000)),
  metadata: p.metadata,
  payment_method: p.string(),
}

/** The card to set up: nobody's, or the intent's own customer's. */
function method(ctx: Context, id: string | undefined, customer: string | null): string | null {
  if (id === undefined) return null
  const found = methodFrom(ctx, id, 'payment_method')
  if (found.customer === null || found.customer === customer) return found.id
  throw invalid('The PaymentMethod belongs to another customer.', 'payment_method', 'payment_method_unexpected_state')
}

function open(ctx: Context, id: string, verb: string): Stripe.SetupIntent {
  const intent = must(ctx, 'setup_intent', id)
  if (intent.status !== 'succeeded' && intent.status !== 'canceled') return intent
  throw invalid(
    `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    undefined,
    'setup_intent_unexpected_state',
  )
}

const ownerOf = ({ customer }: Stripe.SetupIntent) => (customer === null ? null : idOf(customer))
const chosen = (id: string | null) =>
  id === null ? {} : { payment_method: id, status: 'requires_confirmation' as const }

export const setupIntents = [
  endpoint(
    'POST',
    '/v1/setup_intents',
    {
      ...shared,
      automatic_payment_methods: p.object({
        enabled: p.needed(p.boolean),
        allow_redirects: p.oneOf('always', 'never'),
      }),
      confirm: p.boolean,
      return_url: p.string(),
      usage: p.oneOf('off_session', 'on_session'),
    },
    (ctx, { confirm, return_url, payment_method, customer: owner, metadata, description, ...given }) => {
      const customer = owner === undefined ? null : live(ctx, owner, 'customer').id
      const card = chosen(method(ctx, payment_method, customer))
      const about = { customer, description: description ?? null, metadata: mergeMetadata({}, metadata) }
      const intent = create(
        ctx,
        'setup_intent',
        setupIntent(ctx, { ...given, ...about, ...card }),
        'setup_intent.created',
      )
      return confirm === true ? confirmSetup(ctx, intent, return_url ?? null) : intent
    },
  ),
  endpoint(
    'GET',
    '/v1/setup_intents',
    { ...paging, created: p.range, customer: p.string(), payment_method: p.string() },
    (ctx, params) => {
      const fitting = all(ctx, 'setup_intent').filter(
        (intent) =>
          (params.customer === undefined || intent.customer === params.customer) &&
          (params.payment_method === undefined || intent.payment_method === params.payment_method) &&
          within(intent.created, params.created),
      )
      return page(fitting, params, '/v1/setup_intents')
    },
  ),
  endpoint('GET', '/v1/setup_intents/:id', { client_secret: p.string() }, (ctx, _, { id }) =>
    must(ctx, 'setup_intent', id),
  ),
  endpoint('POST', '/v1/setup_intents/:id', shared, (ctx, { metadata, payment_method, customer, ...given }, { id }) => {
    const before = open(ctx, id, 'update')
    const owner = customer === undefined ? ownerOf(before) : live(ctx, customer, 'customer').id
    const card = chosen(method(ctx, payment_method, owner))
    const patch = { ...given, ...card, customer: owner, metadata: mergeMetadata(before.metadata, metadata) }
    return change(ctx, 'setup_intent', before, patch)
  }),
  endpoint(
    'POST',
    '/v1/setup_intents/:id/confirm',
    { payment_method: p.string(), return_url: p.string() },
    (ctx, params, { id }) => {
      const before = open(ctx, id, 'confirm')
      const card = chosen(method(ctx, params.payment_method, ownerOf(before)))
      return confirmSetup(ctx, { ...before, ...card }, params.return_url ?? null)
    },
  ),
  endpoint(
    'POST',
    '/v1/setup_intents/:id/cancel',
    { cancellation_reason: p.oneOf('abandoned', 'duplicate', 'requested_by_customer') },
    (ctx, params, { id }) => {
      const before = open(ctx, id, 'cancel')
      const reason = params.cancellation_reason ?? null
      const patch = { status: 'canceled', cancellation_reason: reason, next_action: null } as const
      return change(ctx, 'setup_intent', before, patch, 'setup_intent.canceled')
    },
  ),
]
