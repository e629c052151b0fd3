import { all, by, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const path = '/v1/radar/early_fraud_warnings'

export const earlyFraudWarnings = [
  endpoint(
    'GET',
    path,
    { ...paging, charge: p.string(), created: p.range, payment_intent: p.string() },
    (ctx, params) => {
      const found =
        params.charge === undefined
          ? all(ctx, 'radar.early_fraud_warning')
          : by(ctx, 'radar.early_fraud_warning', 'charge', params.charge)
      const fitting = found.filter(
        (warning) =>
          (params.payment_intent === undefined || warning.payment_intent === params.payment_intent) &&
          within(warning.created, params.created),
      )
      return page(fitting, params, path)
    },
  ),
  endpoint('GET', `${path}/:id`, {}, (ctx, _, { id }) => must(ctx, 'radar.early_fraud_warning', id)),
]
