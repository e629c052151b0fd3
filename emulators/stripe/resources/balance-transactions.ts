import { all, by, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

export const balanceTransactions = [
  endpoint(
    'GET',
    '/v1/balance_transactions',
    { ...paging, created: p.range, currency: p.currency, payout: p.string(), source: p.string(), type: p.string() },
    (ctx, params) => {
      const found =
        params.source === undefined
          ? all(ctx, 'balance_transaction')
          : by(ctx, 'balance_transaction', 'source', params.source)
      const fitting = found.filter(
        (entry) =>
          (params.type === undefined || entry.type === params.type) &&
          (params.currency === undefined || entry.currency === params.currency) &&
          params.payout === undefined &&
          within(entry.created, params.created),
      )
      return page(
        fitting.map((entry) => matured(entry, ctx.now)),
        params,
        '/v1/balance_transactions',
      )
    },
  ),
  endpoint('GET', '/v1/balance_transactions/:id', {}, (ctx, _, { id }) =>
    matured(must(ctx, 'balance_transaction', id), ctx.now),
  ),
]

/** Pending money becomes available with time alone, without any event. */
function matured<T extends { status: string; available_on: number }>(entry: T, now: number): T {
  return entry.status === 'pending' && entry.available_on <= now ? { ...entry, status: 'available' } : entry
}
