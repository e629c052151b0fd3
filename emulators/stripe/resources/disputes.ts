import { mergeMetadata } from '../engine/changes.ts'
import { all, by, must } from '../engine/context.ts'
import { resolveDispute } from '../engine/disputing.ts'
import { FILE_FIELDS, giveEvidence } from '../engine/evidence.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const text = p.clearable(p.string(20_000))
const evidence = p.object({
  access_activity_log: text,
  billing_address: text,
  cancellation_policy_disclosure: text,
  cancellation_rebuttal: text,
  customer_email_address: text,
  customer_name: text,
  customer_purchase_ip: text,
  duplicate_charge_explanation: text,
  duplicate_charge_id: text,
  product_description: text,
  refund_policy_disclosure: text,
  refund_refusal_explanation: text,
  service_date: text,
  shipping_address: text,
  shipping_carrier: text,
  shipping_date: text,
  shipping_tracking_number: text,
  uncategorized_text: text,
  ...Object.fromEntries(FILE_FIELDS.map((name) => [name, p.clearable(p.string())])),
})

export const disputes = [
  endpoint(
    'GET',
    '/v1/disputes',
    { ...paging, charge: p.string(), created: p.range, payment_intent: p.string() },
    (ctx, params) => {
      const found = params.charge === undefined ? all(ctx, 'dispute') : by(ctx, 'dispute', 'charge', params.charge)
      const fitting = found.filter(
        (entry) =>
          (params.payment_intent === undefined || entry.payment_intent === params.payment_intent) &&
          within(entry.created, params.created),
      )
      return page(fitting, params, '/v1/disputes')
    },
  ),
  endpoint('GET', '/v1/disputes/:id', {}, (ctx, _, { id }) => must(ctx, 'dispute', id)),
  endpoint(
    'POST',
    '/v1/disputes/:id',
    {
      evidence,
      intended_submission_method: p.oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
      metadata: p.metadata,
      submit: p.boolean,
    },
    (ctx, params, { id }) => {
      const before = must(ctx, 'dispute', id)
      const { intended_submission_method: method } = params
      if (method === 'smart_disputes')
        throw invalid(
          'Smart Disputes is not available for this dispute.',
          'intended_submission_method',
          'smart_disputes_not_available',
        )
      const metadata = mergeMetadata(before.metadata, params.metadata)
      const patch = { metadata, ...(method === undefined ? {} : { intended_submission_method: method }) }
      return giveEvidence(ctx, before, params.evidence, params.submit, patch)
    },
  ),
  endpoint('POST', '/v1/disputes/:id/close', {}, (ctx, _, { id }) =>
    resolveDispute(ctx, must(ctx, 'dispute', id), 'lost'),
  ),
]
