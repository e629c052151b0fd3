import type { Stripe } from 'stripe'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import {
  type ConfigurationGiven,
  createConfigurationParams,
  sessionParams,
  updateConfigurationParams,
} from '../params/portal-params.ts'
import { startSession } from '../portal/sessions.ts'
import { portalConfiguration } from '../shapes/billing-portal.ts'
import { live } from './customers.ts'

type Configuration = Stripe.BillingPortal.Configuration
const path = '/v1/billing_portal/configurations'

/** A configuration after a request: each feature keeps what it does not say. */
function configured(before: Configuration, given: ConfigurationGiven): Configuration {
  const { business_profile, features = {}, metadata, ...plain } = given
  const off = (['subscription_pause', 'subscription_update'] as const).find((name) => features[name]?.enabled === true)
  if (off !== undefined)
    throw invalid(`The emulator does not do features[${off}], which Stripe has.`, `features[${off}][enabled]`)
  const { customer_update: own, subscription_cancel: cancel } = features
  const was = before.features
  if (own?.enabled === true && !(own.allowed_updates ?? was.customer_update.allowed_updates).length)
    throw invalid('You must say which updates are allowed.', 'features[customer_update][allowed_updates]')
  const reason = was.subscription_cancel.cancellation_reason
  const asked = cancel?.cancellation_reason
  return {
    ...before,
    ...plain,
    business_profile: { ...before.business_profile, ...business_profile },
    features: {
      ...was,
      customer_update: {
        allowed_updates:
          own?.allowed_updates === undefined ? was.customer_update.allowed_updates : (own.allowed_updates ?? []),
        enabled: own?.enabled ?? was.customer_update.enabled,
      },
      invoice_history: { ...was.invoice_history, ...features.invoice_history },
      payment_method_update: { ...was.payment_method_update, ...features.payment_method_update },
      subscription_cancel: {
        ...was.subscription_cancel,
        ...cancel,
        cancellation_reason: { ...reason, ...asked, options: asked?.options ?? reason.options },
      },
    },
    metadata: mergeMetadata(before.metadata, metadata),
  }
}

export const billingPortal = [
  endpoint('POST', path, createConfigurationParams, (ctx, params) =>
    create(
      ctx,
      'billing_portal.configuration',
      configured(portalConfiguration(ctx), params),
      'billing_portal.configuration.created',
    ),
  ),
  endpoint('GET', path, { ...paging, active: p.boolean, is_default: p.boolean }, (ctx, params) => {
    const fitting = all(ctx, 'billing_portal.configuration').filter(
      ({ active, is_default }) =>
        (params.active === undefined || active === params.active) &&
        (params.is_default === undefined || is_default === params.is_default),
    )
    return page(fitting, params, path)
  }),
  endpoint('GET', `${path}/:id`, {}, (ctx, _, { id }) => must(ctx, 'billing_portal.configuration', id)),
  endpoint('POST', `${path}/:id`, updateConfigurationParams, (ctx, params, { id }) => {
    const before = must(ctx, 'billing_portal.configuration', id)
    if (before.is_default && params.active === false)
      throw invalid('The default configuration cannot be deactivated.', 'active')
    const after = { ...configured(before, params), updated: ctx.now }
    return change(ctx, 'billing_portal.configuration', before, after, 'billing_portal.configuration.updated')
  }),
  endpoint('POST', '/v1/billing_portal/sessions', sessionParams, (ctx, params) => {
    live(ctx, params.customer, 'customer')
    return startSession(ctx, params)
  }),
]
