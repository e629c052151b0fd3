import { all, by, find, idOf, must } from '../engine/context.ts'
import { deleteItem, dropItem } from '../engine/draft-lines.ts'
import { orderItem, reorderItem } from '../engine/ordering-items.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { live } from './customers.ts'
import { itemParams } from '../params/item-params.ts'

export const invoiceitems = [
  endpoint(
    'POST',
    '/v1/invoiceitems',
    {
      ...itemParams,
      currency: p.currency,
      customer: p.needed(p.string()),
      invoice: p.string(),
      subscription: p.string(),
      unit_amount_decimal: p.decimal,
    },
    (ctx, { invoice, subscription, ...order }) => {
      const customer = live(ctx, order.customer, 'customer')
      const draft = invoice === undefined ? undefined : must(ctx, 'invoice', invoice, 'invoice')
      if (subscription !== undefined) must(ctx, 'subscription', subscription, 'subscription')
      return orderItem(ctx, customer, order, { draft, subscription })
    },
  ),
  endpoint(
    'GET',
    '/v1/invoiceitems',
    { ...paging, created: p.range, customer: p.string(), invoice: p.string(), pending: p.boolean },
    (ctx, params) => {
      const found =
        params.customer === undefined ? all(ctx, 'invoiceitem') : by(ctx, 'invoiceitem', 'customer', params.customer)
      const fitting = found.filter(
        (item) =>
          (params.invoice === undefined || item.invoice === params.invoice) &&
          (params.pending === undefined || (item.invoice === null) === params.pending) &&
          within(item.date, params.created),
      )
      return page(fitting, params, '/v1/invoiceitems')
    },
  ),
  endpoint('GET', '/v1/invoiceitems/:id', {}, (ctx, _, { id }) => must(ctx, 'invoiceitem', id)),
  endpoint('POST', '/v1/invoiceitems/:id', { ...itemParams, unit_amount_decimal: p.decimal }, (ctx, order, { id }) => {
    const before = must(ctx, 'invoiceitem', id)
    return reorderItem(ctx, before, order, find(ctx, 'invoice', idOf(before.invoice ?? '')))
  }),
  endpoint('DELETE', '/v1/invoiceitems/:id', {}, (ctx, _, { id }) => {
    const before = must(ctx, 'invoiceitem', id)
    const invoice = find(ctx, 'invoice', idOf(before.invoice ?? ''))
    if (invoice) dropItem(ctx, invoice, before)
    else deleteItem(ctx, before)
    return { id, object: 'invoiceitem', deleted: true }
  }),
]
