import { Stripe } from 'stripe'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { newId, token } from '../engine/ids.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const shared = {
  description: p.clearable(p.string()),
  enabled_events: p.list(p.string()),
  metadata: p.metadata,
  url: p.string(),
}

/** The secret is shown once, when the endpoint is made. */
function hidden(endpoint: Stripe.WebhookEndpoint): Stripe.WebhookEndpoint {
  return { ...endpoint, secret: undefined }
}

function checked(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid')
  return url
}

export const webhookEndpoints = [
  endpoint(
    'POST',
    '/v1/webhook_endpoints',
    {
      ...shared,
      api_version: p.string(),
      connect: p.boolean,
      enabled_events: p.needed(shared.enabled_events),
      url: p.needed(shared.url),
    },
    (ctx, params) =>
      create(ctx, 'webhook_endpoint', {
        id: newId('webhook_endpoint'),
        object: 'webhook_endpoint',
        api_version: params.api_version ?? Stripe.API_VERSION,
        application: null,
        created: ctx.now,
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        secret: `whsec_${token(32)}`,
        status: 'enabled',
        url: checked(params.url),
      }),
  ),
  endpoint('GET', '/v1/webhook_endpoints', paging, (ctx, params) =>
    page(all(ctx, 'webhook_endpoint').map(hidden), params, '/v1/webhook_endpoints'),
  ),
  endpoint('GET', '/v1/webhook_endpoints/:id', {}, (ctx, _, { id }) => hidden(must(ctx, 'webhook_endpoint', id))),
  endpoint(
    'POST',
    '/v1/webhook_endpoints/:id',
    { ...shared, disabled: p.boolean },
    (ctx, { disabled, metadata, url, ...given }, { id }) => {
      const before = must(ctx, 'webhook_endpoint', id)
      const patch = {
        ...given,
        ...(url === undefined ? {} : { url: checked(url) }),
        ...(disabled === undefined ? {} : { status: disabled ? 'disabled' : 'enabled' }),
        metadata: mergeMetadata(before.metadata, metadata),
      }
      return hidden(change(ctx, 'webhook_endpoint', before, patch))
    },
  ),
  endpoint('DELETE', '/v1/webhook_endpoints/:id', {}, (ctx, _, { id }) => {
    must(ctx, 'webhook_endpoint', id)
    ctx.store.remove('stripe.webhook_endpoint', id)
    return { id, object: 'webhook_endpoint', deleted: true }
  }),
]
