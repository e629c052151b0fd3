import { attachPayment } from '../engine/attaching-payments.ts'
import { find, idOf, must } from '../engine/context.ts'
import { emit } from '../engine/events.ts'
import { finalize } from '../engine/finalizing.ts'
import { payInvoice } from '../engine/pay-invoice.ts'
import { voidInvoice, writeOff } from '../engine/voiding.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import * as p from '../http/params.ts'

export const invoiceActions = [
  endpoint('POST', '/v1/invoices/:id/finalize', { auto_advance: p.boolean }, (ctx, params, { id }) => {
    const before = must(ctx, 'invoice', id)
    return finalize(ctx, params.auto_advance === undefined ? before : { ...before, auto_advance: params.auto_advance })
  }),
  endpoint(
    'POST',
    '/v1/invoices/:id/pay',
    { off_session: p.boolean, paid_out_of_band: p.boolean, payment_method: p.string() },
    (ctx, params, { id }) => payInvoice(ctx, must(ctx, 'invoice', id), params),
  ),
  endpoint(
    'POST',
    '/v1/invoices/:id/attach_payment',
    { payment_intent: p.needed(p.string()) },
    (ctx, { payment_intent }, { id }) =>
      attachPayment(ctx, must(ctx, 'invoice', id), must(ctx, 'payment_intent', payment_intent, 'payment_intent')),
  ),
  endpoint('POST', '/v1/invoices/:id/send', {}, (ctx, _, { id }) => {
    const before = must(ctx, 'invoice', id)
    if (before.collection_method !== 'send_invoice')
      throw invalid('You can only manually send an invoice if its collection method is `send_invoice`.')
    if (before.status !== 'draft' && before.status !== 'open')
      throw invalid(`Invoices with status ${before.status} cannot be sent.`)
    const owner = find(ctx, 'customer', idOf(before.customer ?? ''))
    if (!owner?.email)
      throw invalid('Missing email. In order to send an invoice, its customer must have a valid email.', 'customer')
    const opened = before.status === 'draft' ? finalize(ctx, { ...before, auto_advance: false }) : before
    emit(ctx, 'invoice.sent', opened)
    return opened
  }),
  endpoint('POST', '/v1/invoices/:id/void', {}, (ctx, _, { id }) => voidInvoice(ctx, must(ctx, 'invoice', id))),
  endpoint('POST', '/v1/invoices/:id/mark_uncollectible', {}, (ctx, _, { id }) =>
    writeOff(ctx, must(ctx, 'invoice', id)),
  ),
]
