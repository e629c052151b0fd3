import { change, create } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { createConfigurationParams, sessionParams, updateConfigurationParams } from '../params/portal-params.ts'
import { configured } from '../portal/configured.ts'
import { startSession } from '../portal/sessions.ts'
import { portalConfiguration } from '../shapes/billing-portal.ts'
import { live } from './customers.ts'

const path = '/v1/billing_portal/configurations'

export const billingPortal = [
  endpoint('POST', path, createConfigurationParams, (ctx, params) =>
    create(
      ctx,
      'billing_portal.configuration',
      configured(ctx, portalConfiguration(ctx), params),
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
    const after = { ...configured(ctx, before, params), updated: ctx.now }
    return change(ctx, 'billing_portal.configuration', before, after, 'billing_portal.configuration.updated')
  }),
  endpoint('POST', '/v1/billing_portal/sessions', sessionParams, (ctx, params) => {
    live(ctx, params.customer, 'customer')
    return startSession(ctx, params)
  }),
]
