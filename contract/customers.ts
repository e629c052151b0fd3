import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Email, line, page, paging, Time } from './list.ts'

export const Segment = z.enum(['consumer', 'enterprise'])
export type Segment = z.infer<typeof Segment>

/** How an identity was shown to be theirs; `none` grants nothing. */
export const Verification = z.enum(['dmarc', 'signed_in', 'code', 'agent', 'none'])
export type Verification = z.infer<typeof Verification>

export const AccountRole = z.enum(['admin', 'billing', 'member'])

export const Identity = z.object({
  kind: z.enum(['email', 'slack', 'discord', 'external']),
  value: z.string(),
  verified: Verification,
  verifiedAt: Time.nullable(),
})

export const Account = z.object({
  id: id('acc'),
  name: z.string(),
  segment: Segment,
  domains: z.array(z.object({ domain: z.string(), confirmed: z.boolean() })),
  contacts: z.number(),
  createdAt: Time,
})
export type Account = z.infer<typeof Account>

export const Contact = z.object({
  id: id('con'),
  name: z.string(),
  email: z.string().nullable(),
  segment: Segment,
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  identities: z.array(Identity),
  account: z.object({ id: id('acc'), name: z.string(), segment: Segment, role: AccountRole }).nullable(),
  createdAt: Time,
})
export type Contact = z.infer<typeof Contact>

export const ContactRow = z.object({
  id: id('con'),
  name: z.string(),
  email: z.string().nullable(),
  segment: Segment,
  accountId: id('acc').nullable(),
  accountName: z.string().nullable(),
  createdAt: Time,
})

export const listContacts = endpoint({
  method: 'GET',
  path: '/contacts',
  permission: 'tickets.read',
  summary: 'Contacts, newest first; `email` finds one exactly, `q` by name or address, `accountId` those of a company.',
  query: z.strictObject({
    ...paging,
    email: Email.optional(),
    q: line(100).optional(),
    accountId: id('acc').optional(),
  }),
  result: page(ContactRow),
})

export const getContact = endpoint({
  method: 'GET',
  path: '/contacts/{id}',
  permission: 'tickets.read',
  summary: 'One contact with identities and account.',
  params: z.strictObject({ id: id('con') }),
  result: Contact,
})

export const updateContact = endpoint({
  method: 'PATCH',
  path: '/contacts/{id}',
  permission: 'contacts.write',
  summary: 'Change a contact: name, segment, time zone, account and role in it.',
  params: z.strictObject({ id: id('con') }),
  body: z.strictObject({
    name: line(200).optional(),
    segment: Segment.optional(),
    timeZone: z.string().max(60).nullable().optional(),
    accountId: id('acc').nullable().optional(),
    accountRole: AccountRole.optional(),
  }),
  result: Contact,
})

export const listAccounts = endpoint({
  method: 'GET',
  path: '/accounts',
  permission: 'tickets.read',
  summary: 'Companies, newest first.',
  query: z.strictObject({ ...paging, q: line(100).optional() }),
  result: page(Account),
})

export const getAccount = endpoint({
  method: 'GET',
  path: '/accounts/{id}',
  permission: 'tickets.read',
  summary: 'One company.',
  params: z.strictObject({ id: id('acc') }),
  result: Account,
})

const Domains = z.array(z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)).max(50)

export const createAccount = endpoint({
  method: 'POST',
  path: '/accounts',
  permission: 'contacts.write',
  summary: 'Add a company. Its domains are confirmed by this; public mail domains are refused.',
  body: z.strictObject({ name: line(200), segment: Segment.optional(), domains: Domains.optional() }),
  result: Account,
  status: 201,
})

export const updateAccount = endpoint({
  method: 'PATCH',
  path: '/accounts/{id}',
  permission: 'contacts.write',
  summary: 'Change a company.',
  params: z.strictObject({ id: id('acc') }),
  body: z.strictObject({ name: line(200).optional(), segment: Segment.optional(), domains: Domains.optional() }),
  result: Account,
})
