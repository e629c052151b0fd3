import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { actorKinds } from './events.ts'
import { id } from './ids.ts'
import { Attachment, Message } from './inbox.ts'
import { line, page, paging, Time } from './list.ts'

export const Disposition = z.enum(['ticketed', 'appended', 'noted', 'suppressed', 'duplicate', 'parked', 'rejected'])
export type Disposition = z.infer<typeof Disposition>

export const CustodyItem = z.object({
  id: id('itm'),
  source: z.object({ id: id('box'), title: z.string() }),
  providerId: z.string().nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  receivedAt: Time,
  size: z.number(),
  disposition: Disposition,
  reason: z.string(),
  ticketId: id('tkt').nullable(),
  ticketNumber: z.number().nullable(),
  messageId: id('msg').nullable(),
  flagged: z.boolean(),
  reruns: z.number(),
  /** Its ticket is of a team the caller does not see: sender, subject and reason are withheld. */
  hidden: z.boolean(),
})
export type CustodyItem = z.infer<typeof CustodyItem>

export const getCustody = endpoint({
  method: 'GET',
  path: '/custody',
  permission: 'custody.read',
  summary: 'What became of everything that arrived, per source.',
  result: z.object({
    counts: z.record(Disposition, z.number()),
    sources: z.array(
      z.object({
        id: id('box'),
        title: z.string(),
        counts: z.record(Disposition, z.number()),
        lastReceivedAt: Time.nullable(),
      }),
    ),
  }),
})

const part = line(254).refine((text) => text.length >= 3, 'must be at least three characters')

export const listCustodyItems = endpoint({
  method: 'GET',
  path: '/custody/items',
  permission: 'custody.read',
  summary:
    'Items that arrived, newest first. `sender` and `recipient` are an address, a domain or a part of one; `subject` words in any order; `messageId` the mail’s header value; `from` and `to` bound the time of arrival.',
  query: z.strictObject({
    ...paging,
    sender: part.optional(),
    recipient: part.optional(),
    subject: line(200).optional(),
    messageId: line(998).optional(),
    from: Time.optional(),
    to: Time.optional(),
    disposition: Disposition.optional(),
    sourceId: id('box').optional(),
    flagged: z.enum(['true', 'false']).optional(),
  }),
  result: page(CustodyItem),
})

const other = z.object({ id: id('itm'), receivedAt: Time, source: CustodyItem.shape.source })

/** Everything the desk knows of one item. What is withheld from the list is withheld here too. */
export const CustodyDetail = CustodyItem.extend({
  contentHash: z.string(),
  envelope: z
    .object({ from: z.string(), to: z.array(z.string()), ip: z.string().nullable(), helo: z.string().nullable() })
    .nullable(),
  /** What it was at first and what each re-run made of it, oldest first. */
  history: z.array(
    z.object({
      at: Time,
      disposition: Disposition,
      actor: z.object({ kind: z.enum(actorKinds), name: z.string().nullable() }),
    }),
  ),
  threading: z.object({ rule: z.string(), reason: z.string(), matchedKey: z.string().nullable() }).nullable(),
  auth: Message.shape.auth,
  attachments: z.array(Attachment),
  duplicateOf: other.nullable(),
  /** The newest twenty that repeat it. */
  duplicates: z.array(other),
})
export type CustodyDetail = z.infer<typeof CustodyDetail>

export const getCustodyItem = endpoint({
  method: 'GET',
  path: '/custody/items/{id}',
  permission: 'custody.read',
  summary: 'All that is known of one item: envelope, history, threading, authentication, attachments, duplicates.',
  params: z.strictObject({ id: id('itm') }),
  result: CustodyDetail,
})

export const rerunCustodyItem = endpoint({
  method: 'POST',
  path: '/custody/items/{id}/rerun',
  permission: 'custody.rerun',
  summary: 'Try a parked item again.',
  params: z.strictObject({ id: id('itm') }),
  result: CustodyItem,
})

export const readCustodyItem = endpoint({
  method: 'GET',
  path: '/custody/items/{id}/raw',
  permission: 'custody.read',
  summary: 'The item exactly as it came, as a file. With a card number in it: for who may re-run items, and recorded.',
  params: z.strictObject({ id: id('itm') }),
  result: z.unknown(),
})

export const listParked = endpoint({
  method: 'GET',
  path: '/custody/parked',
  permission: 'custody.read',
  summary: 'Why mail is parked, the most frequent reason first; of the newest 5,000 that are.',
  result: z.object({
    items: z.array(z.object({ reason: z.string(), count: z.number(), oldestAt: Time })),
    more: z.boolean(),
  }),
})

/** Many parked items tried again, one after the other, by a job. */
export const CustodyRerun = z.object({
  id: id('rrn'),
  state: z.enum(['running', 'done']),
  /** The reason they were parked for; null for all that were parked. */
  reason: z.string().nullable(),
  total: z.number(),
  /** How many have been tried, by what they became. */
  tried: z.number(),
  became: z.partialRecord(Disposition, z.number()),
  startedAt: Time,
  endedAt: Time.nullable(),
})
export type CustodyRerun = z.infer<typeof CustodyRerun>

export const startCustodyRerun = endpoint({
  method: 'POST',
  path: '/custody/reruns',
  permission: 'custody.rerun',
  summary: 'Try all parked items again, or all that are parked for one reason; at most 5,000 at once.',
  body: z.strictObject({ reason: line(1000).optional() }),
  result: CustodyRerun,
  status: 202,
})

export const getCustodyRerun = endpoint({
  method: 'GET',
  path: '/custody/reruns/{id}',
  permission: 'custody.rerun',
  summary: 'How far a re-run has come.',
  params: z.strictObject({ id: id('rrn') }),
  result: CustodyRerun,
})

export const listCustodyRerunItems = endpoint({
  method: 'GET',
  path: '/custody/reruns/{id}/items',
  permission: 'custody.rerun',
  summary: 'What each item of a re-run became, in the order they were tried.',
  params: z.strictObject({ id: id('rrn') }),
  query: z.strictObject(paging),
  result: page(z.object({ item: CustodyItem, trouble: z.string().nullable() })),
})
