import { change, mergeMetadata } from '../engine/changes.ts'
import { all, by, type Context, must } from '../engine/context.ts'
import { issueNote, type NoteOrder, previewNote, voidNote } from '../engine/crediting.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, pageInOrder, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const order = {
  amount: p.integer(1),
  credit_amount: p.integer(0),
  effective_at: p.integer(0),
  email_type: p.oneOf('credit_note', 'none'),
  invoice: p.needed(p.string()),
  lines: p.list(
    p.object({
      type: p.needed(p.oneOf('invoice_line_item', 'custom_line_item')),
      amount: p.integer(0),
      description: p.string(),
      invoice_line_item: p.string(),
      metadata: p.metadata,
      quantity: p.integer(1),
      tax_rates: p.clearable(p.list(p.string())),
      unit_amount: p.integer(0),
      unit_amount_decimal: p.decimal,
    }),
  ),
  memo: p.string(),
  metadata: p.metadata,
  out_of_band_amount: p.integer(0),
  reason: p.oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  refund_amount: p.integer(0),
  refunds: p.list(p.object({ amount_refunded: p.integer(1), refund: p.string(), type: p.literal('refund') })),
}

function orderOf(ctx: Context, { invoice, metadata, ...rest }: p.Values<typeof order>): NoteOrder {
  return { ...rest, invoice: must(ctx, 'invoice', invoice, 'invoice'), metadata: mergeMetadata({}, metadata) }
}

export const creditNotes = [
  endpoint('POST', '/v1/credit_notes', order, (ctx, params) => issueNote(ctx, orderOf(ctx, params))),
  endpoint('GET', '/v1/credit_notes/preview', order, (ctx, params) => previewNote(ctx, orderOf(ctx, params))),
  endpoint(
    'GET',
    '/v1/credit_notes/preview/lines',
    { ...order, ...paging },
    (ctx, { limit, starting_after, ending_before, ...params }) => {
      const note = previewNote(ctx, orderOf(ctx, params))
      return pageInOrder(note.lines.data, { limit, starting_after, ending_before }, '/v1/credit_notes/preview/lines')
    },
  ),
  endpoint(
    'GET',
    '/v1/credit_notes',
    { ...paging, created: p.range, customer: p.string(), invoice: p.string() },
    (ctx, params) => {
      const found =
        params.invoice === undefined ? all(ctx, 'credit_note') : by(ctx, 'credit_note', 'invoice', params.invoice)
      const fitting = found.filter(
        (note) =>
          (params.customer === undefined || note.customer === params.customer) && within(note.created, params.created),
      )
      return page(fitting, params, '/v1/credit_notes')
    },
  ),
  endpoint('GET', '/v1/credit_notes/:id', {}, (ctx, _, { id }) => must(ctx, 'credit_note', id)),
  endpoint('GET', '/v1/credit_notes/:id/lines', paging, (ctx, params, { id }) =>
    pageInOrder(must(ctx, 'credit_note', id).lines.data, params, `/v1/credit_notes/${id}/lines`),
  ),
  endpoint(
    'POST',
    '/v1/credit_notes/:id',
    { memo: p.string(), metadata: p.metadata },
    (ctx, { metadata, ...given }, { id }) => {
      const before = must(ctx, 'credit_note', id)
      return change(
        ctx,
        'credit_note',
        before,
        { ...given, metadata: mergeMetadata(before.metadata, metadata) },
        'credit_note.updated',
      )
    },
  ),
  endpoint('POST', '/v1/credit_notes/:id/void', {}, (ctx, _, { id }) => voidNote(ctx, must(ctx, 'credit_note', id))),
]
