import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Done, page, paging, Time } from './list.ts'

const params = z.strictObject({ id: id('tkt') })

export const deleteTicket = endpoint({
  method: 'DELETE',
  path: '/tickets/{id}',
  permission: 'tickets.manage',
  summary: 'Delete a ticket; it can be restored until it is purged. Its mail never comes in again.',
  params,
  result: Done,
})

export const restoreTicket = endpoint({
  method: 'POST',
  path: '/tickets/{id}/restore',
  permission: 'tickets.manage',
  summary: 'Bring a deleted ticket back: yours within the hour, any for leads and admins.',
  params,
  result: Done,
})

export const DeletedTicket = z.object({
  id: id('tkt'),
  number: z.number(),
  subject: z.string(),
  requester: z.string(),
  deletedAt: Time,
  /** When it is gone for good. */
  purgedAt: Time,
})
export type DeletedTicket = z.infer<typeof DeletedTicket>

export const listDeletedTickets = endpoint({
  method: 'GET',
  path: '/deleted-tickets',
  permission: 'custody.rerun',
  summary: 'Tickets that were deleted and can still be restored, latest first.',
  query: z.strictObject(paging),
  result: page(DeletedTicket),
})
