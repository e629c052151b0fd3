import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { line, page, paging, prose, Time } from './list.ts'

/** Whether mail to `support+anything@` reaches the mailbox, as a mail of the desk to itself has shown. */
export const PlusState = z.enum(['unknown', 'checking', 'works', 'does_not'])
export type PlusState = z.infer<typeof PlusState>

export const Mailbox = z.object({
  id: id('box'),
  address: z.string(),
  name: z.string(),
  teamId: id('tea'),
  autoAcknowledge: z.boolean(),
  acknowledgement: z.string(),
  enabled: z.boolean(),
  /** Further addresses; `@domain` takes every address of a domain that is nobody else's. */
  aliases: z.array(z.string()),
  /** An answer leaves from the alias that the customer wrote to. */
  answerFromAlias: z.boolean(),
  plusState: PlusState,
  plusCheckedAt: Time.nullable(),
  createdAt: Time,
})
export type Mailbox = z.infer<typeof Mailbox>

export const listMailboxes = endpoint({
  method: 'GET',
  path: '/mailboxes',
  permission: 'session',
  summary: 'The addresses this desk receives mail for.',
  query: z.strictObject(paging),
  result: page(Mailbox),
})

/** An address of ours: `support@localhost` is allowed, unlike for customers. */
const OwnAddress = z
  .string()
  .max(254)
  .toLowerCase()
  .regex(/^[^\s@<>"]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a mail address')

/** Every address of a domain. */
const CatchAll = z
  .string()
  .max(254)
  .toLowerCase()
  .regex(/^@[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a mail address, or @ and a domain')

const mailboxFields = {
  aliases: z
    .array(z.union([OwnAddress, CatchAll]))
    .max(50)
    .optional(),
  answerFromAlias: z.boolean().optional(),
  name: line(100).optional(),
  teamId: id('tea').optional(),
  autoAcknowledge: z.boolean().optional(),
  acknowledgement: prose(4000).optional(),
  enabled: z.boolean().optional(),
}

export const createMailbox = endpoint({
  method: 'POST',
  path: '/mailboxes',
  permission: 'settings.write',
  summary: 'Receive mail for another address.',
  body: z.strictObject({ address: OwnAddress, ...mailboxFields }),
  result: Mailbox,
  status: 201,
})

export const updateMailbox = endpoint({
  method: 'PATCH',
  path: '/mailboxes/{id}',
  permission: 'settings.write',
  summary: 'Change a mailbox: name, team, acknowledgement, or switch it off.',
  params: z.strictObject({ id: id('box') }),
  body: z.strictObject(mailboxFields),
  result: Mailbox,
})

export const checkPlus = endpoint({
  method: 'POST',
  path: '/mailboxes/{id}/check-plus',
  permission: 'settings.write',
  summary: 'Write to a plus address of the mailbox and see whether it comes back; the result shows in the mailbox.',
  params: z.strictObject({ id: id('box') }),
  result: Mailbox,
})
