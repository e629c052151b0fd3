import { change, mergeMetadata } from '../engine/changes.ts'
import { type Context, idOf, must, put } from '../engine/context.ts'
import { addToDraft, itemBehind, lineWith, refuseFinalized, removeLines } from '../engine/draft-lines.ts'
import { type ItemOrder, orderItem, reorderItem } from '../engine/ordering-items.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { pageInOrder, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { live } from './customers.ts'
import { itemParams } from '../params/item-params.ts'

const invoice_metadata = p.metadata

function addLine(ctx: Context, id: string, order: ItemOrder & { invoice_item?: string }): void {
  const invoice = must(ctx, 'invoice', id)
  if (order.invoice_item === undefined) {
    orderItem(ctx, live(ctx, idOf(invoice.customer ?? ''), 'customer'), order, { draft: invoice })
    return
  }
  const item = must(ctx, 'invoiceitem', order.invoice_item, 'lines[0][invoice_item]')
  if (item.invoice !== null || item.customer !== invoice.customer || item.currency !== invoice.currency)
    throw invalid('Only a pending invoice item of the same customer and currency can be added.', 'lines')
  const placed = change(ctx, 'invoiceitem', item, { invoice: id })
  addToDraft(ctx, invoice, placed)
}

function changeLine(ctx: Context, id: string, line: string, order: Omit<ItemOrder, 'currency'>, param: string): void {
  const invoice = must(ctx, 'invoice', id)
  reorderItem(ctx, itemBehind(ctx, lineWith(invoice, line, param)), order, invoice)
}

function noteMetadata(ctx: Context, id: string, patch: Record<string, string> | null | undefined) {
  const invoice = must(ctx, 'invoice', id)
  if (patch !== undefined) put(ctx, 'invoice', { ...invoice, metadata: mergeMetadata(invoice.metadata, patch) })
  return must(ctx, 'invoice', id)
}

export const invoiceLines = [
  endpoint('GET', '/v1/invoices/:id/lines', paging, (ctx, params, { id }) =>
    pageInOrder(must(ctx, 'invoice', id).lines.data, params, `/v1/invoices/${id}/lines`),
  ),
  endpoint('POST', '/v1/invoices/:id/lines/:sub', itemParams, (ctx, order, { id, sub }) => {
    changeLine(ctx, id, sub, order, 'id')
    return lineWith(must(ctx, 'invoice', id), sub, 'id')
  }),
  endpoint(
    'POST',
    '/v1/invoices/:id/add_lines',
    { invoice_metadata, lines: p.needed(p.list(p.object({ ...itemParams, invoice_item: p.string() }))) },
    (ctx, params, { id }) => {
      refuseFinalized(must(ctx, 'invoice', id))
      for (const line of params.lines) addLine(ctx, id, line)
      return noteMetadata(ctx, id, params.invoice_metadata)
    },
  ),
  endpoint(
    'POST',
    '/v1/invoices/:id/update_lines',
    { invoice_metadata, lines: p.needed(p.list(p.object({ ...itemParams, id: p.needed(p.string()) }))) },
    (ctx, params, { id }) => {
      for (const { id: line, ...order } of params.lines) changeLine(ctx, id, line, order, 'lines')
      return noteMetadata(ctx, id, params.invoice_metadata)
    },
  ),
  endpoint(
    'POST',
    '/v1/invoices/:id/remove_lines',
    {
      invoice_metadata,
      lines: p.needed(
        p.list(p.object({ behavior: p.needed(p.oneOf('delete', 'unassign')), id: p.needed(p.string()) })),
      ),
    },
    (ctx, params, { id }) => {
      removeLines(ctx, must(ctx, 'invoice', id), params.lines)
      return noteMetadata(ctx, id, params.invoice_metadata)
    },
  ),
]
