import { all, by, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

export const invoicePayments = [
  endpoint(
    'GET',
    '/v1/invoice_payments',
    {
      ...paging,
      created: p.range,
      invoice: p.string(),
      payment: p.object({
        type: p.needed(p.oneOf('payment_intent', 'payment_record')),
        payment_intent: p.string(),
        payment_record: p.string(),
      }),
      status: p.oneOf('canceled', 'open', 'paid'),
    },
    (ctx, params) => {
      const found =
        params.invoice === undefined
          ? all(ctx, 'invoice_payment')
          : by(ctx, 'invoice_payment', 'invoice', params.invoice)
      const fitting = found.filter(
        (entry) =>
          (params.status === undefined || entry.status === params.status) &&
          (params.payment === undefined || entry.payment.type === params.payment.type) &&
          (params.payment?.payment_intent === undefined ||
            entry.payment.payment_intent === params.payment.payment_intent) &&
          within(entry.created, params.created),
      )
      return page(fitting, params, '/v1/invoice_payments')
    },
  ),
  endpoint('GET', '/v1/invoice_payments/:id', {}, (ctx, _, { id }) => must(ctx, 'invoice_payment', id)),
]
