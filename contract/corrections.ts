import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Email, line, Time } from './list.ts'

/** One correction of what stands where, with whether it can still be undone and, if not, the sentence why. */
export const Correction = z.object({
  id: id('cor'),
  kind: z.enum(['split', 'move', 'merge', 'sender']),
  /** The ticket it was done on: messages left it, or its sender changed. */
  ticket: z.object({ id: id('tkt'), number: z.number() }),
  /** The ticket that got the messages; null for a change of sender, and for a ticket that may not be seen. */
  other: z.object({ id: id('tkt'), number: z.number(), subject: z.string() }).nullable(),
  messageIds: z.array(id('msg')),
  by: z.object({ kind: z.enum(['agent', 'api', 'contact', 'system']), name: z.string().nullable() }),
  createdAt: Time,
  undoneAt: Time.nullable(),
  /** Null when it can be undone. */
  whyNotUndone: z.string().nullable(),
})
export type Correction = z.infer<typeof Correction>

const TicketParams = z.strictObject({ id: id('tkt') })
/** The ticket's version as it was looked at; with another one meanwhile the correction is refused. */
const version = z.number().int().min(0).optional()
const messageIds = z.array(id('msg')).min(1).max(200)

export const splitTicket = endpoint({
  method: 'POST',
  path: '/tickets/{id}/split',
  permission: 'tickets.manage',
  summary: 'Take messages out of a ticket into a new one. Its reply clock starts when the customer wrote.',
  params: TicketParams,
  body: z.strictObject({ messageIds, subject: line(500).optional(), version }),
  result: Correction,
  status: 201,
})

export const moveMessages = endpoint({
  method: 'POST',
  path: '/tickets/{id}/move',
  permission: 'tickets.manage',
  summary: 'Move messages of a ticket to another ticket.',
  params: TicketParams,
  body: z.strictObject({ messageIds, toTicketId: id('tkt'), version }),
  result: Correction,
  status: 201,
})

export const mergeTicket = endpoint({
  method: 'POST',
  path: '/tickets/{id}/merge',
  permission: 'tickets.manage',
  summary: 'Merge a ticket into another, which keeps the messages, people and tags of both.',
  params: TicketParams,
  body: z.strictObject({ into: id('tkt'), version }),
  result: Correction,
  status: 201,
})

export const relinkSender = endpoint({
  method: 'POST',
  path: '/tickets/{id}/sender',
  permission: 'tickets.manage',
  summary:
    'Say who really wrote: another contact, or the one with an address. `futureMails` gives them the address too.',
  params: TicketParams,
  body: z.strictObject({
    contactId: id('con').optional(),
    email: Email.optional(),
    name: line(200).optional(),
    futureMails: z.boolean().optional(),
    version,
  }),
  result: Correction,
  status: 201,
})

export const listCorrections = endpoint({
  method: 'GET',
  path: '/tickets/{id}/corrections',
  permission: 'tickets.read',
  summary: 'Splits, moves, merges and changes of sender that touched a ticket, the newest 100 first.',
  params: TicketParams,
  result: z.object({ items: z.array(Correction) }),
})

export const undoCorrection = endpoint({
  method: 'POST',
  path: '/corrections/{id}/undo',
  permission: 'tickets.manage',
  summary: 'Undo a correction: everything stands again where it stood.',
  params: z.strictObject({ id: id('cor') }),
  result: Correction,
})
