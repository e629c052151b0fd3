import { change, mergeMetadata } from '../engine/changes.ts'
import { all, by, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

export const charges = [
  endpoint(
    'GET',
    '/v1/charges',
    { ...paging, customer: p.string(), payment_intent: p.string(), created: p.range },
    (ctx, params) => {
      const found = params.customer === undefined ? all(ctx, 'charge') : by(ctx, 'charge', 'customer', params.customer)
      const fitting = found.filter(
        (charge) =>
          (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
          within(charge.created, params.created),
      )
      return page(fitting, params, '/v1/charges')
    },
  ),
  endpoint('GET', '/v1/charges/:id', {}, (ctx, _, { id }) => must(ctx, 'charge', id)),
  endpoint(
    'POST',
    '/v1/charges/:id',
    {
      description: p.clearable(p.string()),
      metadata: p.metadata,
      receipt_email: p.string(),
      fraud_details: p.object({ user_report: p.needed(p.clearable(p.oneOf('fraudulent', 'safe'))) }),
    },
    (ctx, { metadata, fraud_details: report, ...given }, { id }) => {
      const before = must(ctx, 'charge', id)
      const fraud =
        report === undefined
          ? {}
          : { fraud_details: report.user_report === null ? {} : { user_report: report.user_report } }
      return change(
        ctx,
        'charge',
        before,
        { ...given, ...fraud, metadata: mergeMetadata(before.metadata, metadata) },
        'charge.updated',
      )
    },
  ),
]
