import { all, must } from '../engine/context.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid, missing } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

const KEPT = 30 * 86_400
const MOST_TYPES = 20

export const events = [
  endpoint(
    'GET',
    '/v1/events',
    { ...paging, created: p.range, delivery_success: p.boolean, type: p.string(), types: p.list(p.string()) },
    (ctx, params) => {
      if (params.type !== undefined && params.types !== undefined) {
        throw invalid('You may only specify one of these parameters: type, types.', 'type', 'parameters_exclusive')
      }
      if ((params.types?.length ?? 0) > MOST_TYPES) {
        throw invalid(`Invalid array: at most ${MOST_TYPES} types may be given.`, 'types')
      }
      const types = params.types ?? (params.type === undefined ? [] : [params.type])
      const wanted = (type: string) =>
        types.length === 0 ||
        types.some((name) => (name.endsWith('*') ? type.startsWith(name.slice(0, -1)) : type === name))
      const fitting = all(ctx, 'event').filter(
        (event) =>
          event.created > ctx.now - KEPT &&
          wanted(event.type) &&
          (params.delivery_success === undefined || (event.pending_webhooks === 0) === params.delivery_success) &&
          within(event.created, params.created),
      )
      return page(fitting, params, '/v1/events')
    },
  ),
  endpoint('GET', '/v1/events/:id', {}, (ctx, _, { id }) => {
    const event = must(ctx, 'event', id)
    if (event.created <= ctx.now - KEPT) throw missing('event', id, 'id')
    return event
  }),
]
