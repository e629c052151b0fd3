import { change } from '../engine/changes.ts'
import { all, by, find, must } from '../engine/context.ts'
import { deleteItem, discountDraft } from '../engine/draft-lines.ts'
import { draftInvoice, pendingItems, subscriptionOf, subscriptionParent } from '../engine/drafting.ts'
import { emit } from '../engine/events.ts'
import { redrawn } from '../engine/invoice-totals.ts'
import { itemOf } from '../engine/line-items.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { discountParams } from '../params/discount-params.ts'
import { live } from './customers.ts'
import { invoiceParams, invoicePatch } from '../params/invoice-params.ts'

/** What may still be changed once an invoice is finalised. */
const ALWAYS_EDITABLE = ['auto_advance', 'default_payment_method', 'description', 'metadata', 'payment_settings']

export const invoices = [
  endpoint(
    'POST',
    '/v1/invoices',
    {
      ...invoiceParams,
      discounts: discountParams,
      currency: p.currency,
      customer: p.needed(p.string()),
      pending_invoice_items_behavior: p.oneOf('exclude', 'include'),
      subscription: p.string(),
    },
    (
      ctx,
      {
        pending_invoice_items_behavior: pending,
        subscription: id,
        customer: owner,
        currency: asked,
        discounts,
        ...given
      },
    ) => {
      const customer = live(ctx, owner, 'customer')
      const subscription = id === undefined ? undefined : must(ctx, 'subscription', id, 'subscription')
      const currency = asked ?? subscription?.currency ?? customer.currency ?? 'usd'
      const parent = subscription
        ? { parent: subscriptionParent(subscription), billing_reason: 'subscription_update' }
        : {}
      const items =
        pending === 'include' || subscription ? pendingItems(ctx, customer.id, currency, subscription?.id ?? null) : []
      const draft = draftInvoice(
        ctx,
        customer,
        { ...invoicePatch(ctx, given, undefined), ...parent, currency },
        [],
        items,
      )
      return discounts === undefined ? draft : discountDraft(ctx, draft, discounts ?? [])
    },
  ),
  endpoint(
    'GET',
    '/v1/invoices',
    {
      ...paging,
      collection_method: invoiceParams.collection_method,
      created: p.range,
      customer: p.string(),
      due_date: p.range,
      status: p.oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
      subscription: p.string(),
    },
    (ctx, params) => {
      const found =
        params.customer === undefined ? all(ctx, 'invoice') : by(ctx, 'invoice', 'customer', params.customer)
      const fitting = found.filter(
        (invoice) =>
          (params.status === undefined || invoice.status === params.status) &&
          (params.subscription === undefined || subscriptionOf(invoice) === params.subscription) &&
          (params.collection_method === undefined || invoice.collection_method === params.collection_method) &&
          (params.due_date === undefined || (invoice.due_date !== null && within(invoice.due_date, params.due_date))) &&
          within(invoice.created, params.created),
      )
      return page(fitting, params, '/v1/invoices')
    },
  ),
  endpoint('GET', '/v1/invoices/:id', {}, (ctx, _, { id }) => must(ctx, 'invoice', id)),
  endpoint(
    'POST',
    '/v1/invoices/:id',
    { ...invoiceParams, discounts: discountParams },
    (ctx, { discounts, ...params }, { id }) => {
      const plain = must(ctx, 'invoice', id)
      const before = discounts === undefined ? plain : discountDraft(ctx, plain, discounts ?? [])
      const fixed = Object.keys(params).filter((name) => !ALWAYS_EDITABLE.includes(name))
      if (before.status !== 'draft' && fixed.length > 0) {
        throw invalid(
          `Finalized invoices can't be updated in this way (${fixed.join(', ')}).`,
          fixed[0],
          'invoice_not_editable',
        )
      }
      const patched = { ...before, ...invoicePatch(ctx, params, before) }
      const after = before.status === 'draft' ? redrawn(ctx, patched) : patched
      return change(ctx, 'invoice', before, after, 'invoice.updated')
    },
  ),
  endpoint('DELETE', '/v1/invoices/:id', {}, (ctx, _, { id }) => {
    const before = must(ctx, 'invoice', id)
    if (before.status !== 'draft')
      throw invalid('You can only delete draft invoices.', undefined, 'invoice_not_editable')
    if (subscriptionOf(before) !== null)
      throw invalid(
        'Drafts of a subscription cannot be deleted; finalize and void them.',
        undefined,
        'invoice_not_editable',
      )
    for (const line of before.lines.data) {
      const item = find(ctx, 'invoiceitem', itemOf(line) ?? '')
      if (item) deleteItem(ctx, item)
    }
    ctx.store.remove('stripe.invoice', id)
    emit(ctx, 'invoice.deleted', before)
    return { id, object: 'invoice', deleted: true }
  }),
]
