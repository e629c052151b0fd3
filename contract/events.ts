import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { page, paging, Time } from './list.ts'

export const actorKinds = ['agent', 'api', 'contact', 'system'] as const

/** One line of the ledger. `data` holds ids, enums, numbers and times, never free text or personal data. */
export const LedgerEvent = z.object({
  id: id('evt'),
  seq: z.number(),
  type: z.string(),
  occurredAt: Time,
  actor: z.object({ kind: z.enum(actorKinds), id: z.string().nullable(), name: z.string().nullable() }),
  causeId: id('evt').nullable(),
  ticketId: id('tkt').nullable(),
  data: z.record(z.string(), z.unknown()),
})
export type LedgerEvent = z.infer<typeof LedgerEvent>

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit',
  permission: 'audit.read',
  summary: 'The whole ledger, newest first.',
  query: z.strictObject({
    ...paging,
    type: z
      .string()
      .regex(/^[a-z_.]{1,60}$/)
      .optional(),
    actorId: z.string().max(60).optional(),
  }),
  result: page(LedgerEvent),
})
