import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Address, AddressInput, Attachment, TicketParams } from './inbox.ts'
import { Done, prose, Time } from './list.ts'

export const Draft = z.object({
  kind: z.enum(['reply', 'note']),
  html: z.string(),
  to: z.array(Address).nullable(),
  cc: z.array(Address).nullable(),
  attachments: z.array(Attachment),
  updatedAt: Time,
})

export const getDraft = endpoint({
  method: 'GET',
  path: '/tickets/{id}/draft',
  permission: 'tickets.write',
  summary: 'Your own draft on a ticket.',
  params: TicketParams,
  result: z.object({ draft: Draft.nullable() }),
})

export const putDraft = endpoint({
  method: 'PUT',
  path: '/tickets/{id}/draft',
  permission: 'tickets.write',
  summary: 'Save your draft; saved as you type.',
  params: TicketParams,
  body: z.strictObject({
    kind: z.enum(['reply', 'note']),
    html: prose(400_000),
    to: z.array(AddressInput).max(50).nullable().optional(),
    cc: z.array(AddressInput).max(50).nullable().optional(),
    attachments: z.array(id('att')).max(20).optional(),
  }),
  result: z.object({ draft: Draft.nullable() }),
})

export const deleteDraft = endpoint({
  method: 'DELETE',
  path: '/tickets/{id}/draft',
  permission: 'tickets.write',
  summary: 'Discard your draft.',
  params: TicketParams,
  result: Done,
})
