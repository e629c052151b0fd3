import { change, mergeMetadata } from '../engine/changes.ts'
import { by, must } from '../engine/context.ts'
import { moveBalance } from '../engine/customer-balance.ts'
import { endpoint } from '../http/endpoint.ts'
import { missing } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { live } from './customers.ts'

const path = '/v1/customers/:id/balance_transactions'

export const customerBalanceTransactions = [
  endpoint(
    'POST',
    path,
    { amount: p.needed(p.integer()), currency: p.needed(p.currency), description: p.string(), metadata: p.metadata },
    (ctx, { amount, currency, description, metadata }, { id }) => {
      const entry = moveBalance(ctx, live(ctx, id).id, { amount, currency, description, type: 'adjustment' })
      return change(ctx, 'customer_balance_transaction', entry, { metadata: mergeMetadata({}, metadata) })
    },
  ),
  endpoint('GET', path, { ...paging, created: p.range, invoice: p.string() }, (ctx, params, { id }) => {
    const fitting = by(ctx, 'customer_balance_transaction', 'customer', live(ctx, id).id).filter(
      (entry) =>
        (params.invoice === undefined || entry.invoice === params.invoice) && within(entry.created, params.created),
    )
    return page(fitting, params, `/v1/customers/${id}/balance_transactions`)
  }),
  endpoint('GET', `${path}/:sub`, {}, (ctx, _, { id, sub }) => {
    const entry = must(ctx, 'customer_balance_transaction', sub)
    if (entry.customer !== id) throw missing('customer_balance_transaction', sub, 'id')
    return entry
  }),
]
