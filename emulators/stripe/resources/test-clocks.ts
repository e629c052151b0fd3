import type { Stripe } from 'stripe'
import { create } from '../engine/changes.ts'
import { all, must } from '../engine/context.ts'
import { deleteCustomer } from '../engine/deleting-customers.ts'
import { emit } from '../engine/events.ts'
import { newId } from '../engine/ids.ts'
import { startAdvance } from '../engine/test-clocks.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const KEPT = 30 * 86_400

export const testClocks = [
  endpoint(
    'POST',
    '/v1/test_helpers/test_clocks',
    { frozen_time: p.needed(p.integer(0)), name: p.string(300) },
    (ctx, { frozen_time, name = null }) => {
      const clock: Stripe.TestHelpers.TestClock = {
        id: newId('test_clock'),
        object: 'test_helpers.test_clock',
        created: ctx.now,
        deletes_after: ctx.now + KEPT,
        frozen_time,
        livemode: false,
        name,
        status: 'ready',
        status_details: {},
      }
      return create(ctx, 'test_clock', clock, 'test_helpers.test_clock.created')
    },
  ),
  endpoint('GET', '/v1/test_helpers/test_clocks', paging, (ctx, params) =>
    page(all(ctx, 'test_clock'), params, '/v1/test_helpers/test_clocks'),
  ),
  endpoint('GET', '/v1/test_helpers/test_clocks/:id', {}, (ctx, _, { id }) => must(ctx, 'test_clock', id)),
  endpoint(
    'POST',
    '/v1/test_helpers/test_clocks/:id/advance',
    { frozen_time: p.needed(p.integer(0)) },
    (ctx, { frozen_time }, { id }) => startAdvance(ctx, must(ctx, 'test_clock', id), frozen_time),
  ),
  endpoint('DELETE', '/v1/test_helpers/test_clocks/:id', {}, (ctx, _, { id }) => {
    const clock = must(ctx, 'test_clock', id)
    for (const customer of all(ctx, 'customer')) if (customer.test_clock === id) deleteCustomer(ctx, customer)
    ctx.store.remove('stripe.test_clock', id)
    emit(ctx, 'test_helpers.test_clock.deleted', clock)
    return { id, object: 'test_helpers.test_clock', deleted: true }
  }),
]
