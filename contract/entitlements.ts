import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Email, line, page, paging, prose, Time } from './list.ts'

/** The product’s own id of a workspace, a company or a person. */
export const EntitlementKey = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@+-]{0,119}$/,
    'must be the product’s own id: letters, digits and . _ : @ + -, at most 120',
  )

const count = z.number().int().min(0).max(1_000_000_000)

const Quota = z.strictObject({ name: line(60), limit: count.nullable(), used: count.nullable() })
export type Quota = z.infer<typeof Quota>

export const entitlementKinds = ['contact', 'account', 'workspace'] as const
export const accessStates = ['granted', 'revoked', 'deleted'] as const
export const Domain = z
  .string()
  .toLowerCase()
  .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a mail domain such as example.com')
  .max(253)

/** A time the product tells of; one of another millennium is a mistake of units. */
const Moment = Time.refine(
  (text) => !(Date.parse(text) < Date.UTC(2000, 0) || Date.parse(text) >= Date.UTC(2200, 0)),
  'must be between the years 2000 and 2200',
)

/** Everything the product grants under one key at one moment. What is left out is not known, or not limited. */
export const EntitlementState = z.strictObject({
  kind: z.enum(entitlementKinds),
  /** What the product calls it. */
  name: line(200).nullish(),
  /** Whose it is: a person’s address or a company’s mail domain, or our own ids where the product knows them. */
  email: Email.nullish(),
  domain: Domain.nullish(),
  contactId: id('con').nullish(),
  accountId: id('acc').nullish(),
  access: z.enum(accessStates),
  /** Access ends by itself then. */
  accessUntil: Moment.nullish(),
  plan: line(100).nullish(),
  seats: count.nullish(),
  seatsUsed: count.nullish(),
  quotas: z.array(Quota).max(20).optional(),
  /** When this was so at the product. An older statement never replaces a newer one. */
  occurredAt: Moment,
})
export type EntitlementState = z.infer<typeof EntitlementState>

export const Entitlement = z.object({
  id: id('ent'),
  key: z.string(),
  kind: z.enum(entitlementKinds),
  name: z.string().nullable(),
  email: z.string().nullable(),
  domain: z.string().nullable(),
  contactId: id('con').nullable(),
  accountId: id('acc').nullable(),
  access: z.enum(accessStates),
  accessUntil: Time.nullable(),
  /** Granted, and not past its end now. */
  hasAccess: z.boolean(),
  plan: z.string().nullable(),
  seats: z.number().nullable(),
  seatsUsed: z.number().nullable(),
  quotas: z.array(z.object({ name: z.string(), limit: z.number().nullable(), used: z.number().nullable() })),
  source: z.enum(['api', 'webhook', 'csv', 'operation']),
  /** The key, file or person it came from. */
  sourceName: z.string(),
  occurredAt: Time,
  recordedAt: Time,
})
export type Entitlement = z.infer<typeof Entitlement>

export const listEntitlements = endpoint({
  method: 'GET',
  path: '/entitlements',
  permission: 'tickets.read',
  summary: 'What the product grants, by the product’s own id.',
  query: z.strictObject({ ...paging }),
  result: page(Entitlement),
})

export const putEntitlement = endpoint({
  method: 'PUT',
  path: '/entitlements',
  permission: 'contacts.write',
  summary:
    'State everything the product grants under a key of its own. The same statement again changes nothing, and an older one is left aside.',
  body: z.strictObject({ key: EntitlementKey, ...EntitlementState.shape }),
  result: z.object({ outcome: z.enum(['new', 'changed', 'same', 'older']), entitlement: Entitlement }),
})

export const getContactEntitlements = endpoint({
  method: 'GET',
  path: '/contacts/{id}/entitlements',
  permission: 'tickets.read',
  summary: 'What the product grants a contact: by their addresses, their company, or our own ids.',
  params: z.strictObject({ id: id('con') }),
  result: z.object({
    items: z.array(
      z.object({
        entitlement: Entitlement,
        /** Why it is shown here. */
        why: z.enum(['contact', 'address', 'unverified_address', 'account', 'domain']),
      }),
    ),
  }),
})
export type ContactEntitlements = z.infer<(typeof getContactEntitlements)['result']>

const maxCsv = 4_000_000

const csvFile = z.strictObject({
  name: line(200),
  csv: prose(maxCsv),
  /** When the file was true; a row’s own `occurred_at` comes first. */
  asOf: Moment,
})

export const EntitlementImport = z.object({
  rows: z.number(),
  new: z.number(),
  changed: z.number(),
  same: z.number(),
  older: z.number(),
  /** What keeps a row from being taken in; the first 200. */
  problems: z.array(z.object({ line: z.number(), column: z.string().nullable(), message: z.string() })),
  problemRows: z.number(),
})
export type EntitlementImport = z.infer<typeof EntitlementImport>

export const previewEntitlementImport = endpoint({
  method: 'POST',
  path: '/entitlements/imports/preview',
  permission: 'contacts.write',
  summary: 'What a CSV of entitlements would change, and which of its rows cannot be read. Changes nothing.',
  body: csvFile,
  result: EntitlementImport,
  maxBody: 2 * maxCsv,
})

export const importEntitlements = endpoint({
  method: 'POST',
  path: '/entitlements/imports',
  permission: 'contacts.write',
  summary: 'Take in a CSV of entitlements; rows with problems are left out. The same file again changes nothing.',
  body: csvFile,
  result: EntitlementImport,
  maxBody: 2 * maxCsv,
})
