import { cancelAppointment } from '../engine/appointments.ts'
import { all, type Context, must } from '../engine/context.ts'
import { emit } from '../engine/events.ts'
import { addTaxId, taxIdsOf } from '../engine/tax-ids.ts'
import { TAX_ID_TYPES } from '../engine/tax-id-types.ts'
import { endpoint } from '../http/endpoint.ts'
import { missing } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { live } from './customers.ts'

const order = { type: p.needed(p.oneOf(...TAX_ID_TYPES)), value: p.needed(p.string()) }
const owner = p.object({ type: p.needed(p.literal('customer')), customer: p.needed(p.string()) })
const path = '/v1/customers/:id/tax_ids'

function remove(ctx: Context, id: string): object {
  const before = must(ctx, 'tax_id', id)
  ctx.store.remove('stripe.tax_id', id)
  cancelAppointment(ctx, 'tax_id_check', id)
  emit(ctx, 'customer.tax_id.deleted', before)
  return { id, object: 'tax_id', deleted: true }
}

function ofCustomer(ctx: Context, customer: string, id: string) {
  const found = must(ctx, 'tax_id', id)
  if (found.customer !== customer) throw missing('tax_id', id, 'id')
  return found
}

export const taxIds = [
  endpoint('POST', path, order, (ctx, given, { id }) => addTaxId(ctx, live(ctx, id), given)),
  endpoint('GET', path, paging, (ctx, params, { id }) =>
    page(taxIdsOf(ctx, live(ctx, id).id), params, `/v1/customers/${id}/tax_ids`),
  ),
  endpoint('GET', `${path}/:sub`, {}, (ctx, _, { id, sub }) => ofCustomer(ctx, id, sub)),
  endpoint('DELETE', `${path}/:sub`, {}, (ctx, _, { id, sub }) => remove(ctx, ofCustomer(ctx, id, sub).id)),
  endpoint('POST', '/v1/tax_ids', { ...order, owner: p.needed(owner) }, (ctx, { owner: who, ...given }) =>
    addTaxId(ctx, live(ctx, who.customer, 'owner[customer]'), given),
  ),
  endpoint('GET', '/v1/tax_ids', { ...paging, owner }, (ctx, params) => {
    const found = params.owner === undefined ? all(ctx, 'tax_id') : taxIdsOf(ctx, params.owner.customer)
    return page(found, params, '/v1/tax_ids')
  }),
  endpoint('GET', '/v1/tax_ids/:id', {}, (ctx, _, { id }) => must(ctx, 'tax_id', id)),
  endpoint('DELETE', '/v1/tax_ids/:id', {}, (ctx, _, { id }) => remove(ctx, id)),
]
