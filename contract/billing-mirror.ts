import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Time } from './list.ts'
import { ofStripeAccount, StripeAccountId, StripeMode } from './stripe-account-id.ts'

export const MirrorStatus = z.object({
  account: StripeAccountId,
  mode: StripeMode,
  /** The version of Stripe’s API that objects are kept in. */
  apiVersion: z.string(),
  readsPerSecond: z.number().int(),
  /** How Stripe tells what changes: signed webhooks with a configured secret, an endpoint made by the desk, or only its list of events. */
  hears: z.enum(['configured', 'registered', 'list']),
  /** When Stripe’s list of events was last compared with what came in. */
  comparedAt: Time.nullable(),
  /** The copy of everything; null until it begins. */
  copy: z
    .object({
      state: z.enum(['copying', 'done']),
      because: z.enum(['first', 'api_version', 'asked']),
      startedAt: Time.nullable(),
      /** Kinds of objects copied whole so far, of how many, and the one being copied. */
      kindsDone: z.number().int(),
      kinds: z.number().int(),
      kind: z.string().nullable(),
      read: z.number().int(),
    })
    .nullable(),
  /** Objects that changed and are not read yet. */
  waiting: z.number().int(),
  /** Of these, how many could not be read last time, and why the newest could not. */
  failing: z.object({ count: z.number().int(), sentence: z.string().nullable() }),
  lastAudit: z
    .object({ at: Time, sampled: z.number().int(), unread: z.number().int(), drifted: z.number().int() })
    .nullable(),
  /** What audits found other than Stripe has it, newest first; each was put right when it was found. */
  drifts: z.array(z.object({ kind: z.string(), id: z.string(), fields: z.array(z.string()), foundAt: Time })),
})
export type MirrorStatus = z.infer<typeof MirrorStatus>

export const getMirrorStatus = endpoint({
  method: 'GET',
  path: '/billing/mirror',
  permission: 'billing.read',
  query: ofStripeAccount,
  summary: 'How far the copy of Stripe is, what waits to be read, and what audits found.',
  result: MirrorStatus,
})

export const auditMirror = endpoint({
  method: 'POST',
  path: '/billing/mirror/audits',
  permission: 'settings.write',
  query: ofStripeAccount,
  summary: 'Compare a random sample with Stripe now rather than tonight.',
  result: Done,
})

export const copyMirror = endpoint({
  method: 'POST',
  path: '/billing/mirror/copies',
  permission: 'settings.write',
  query: ofStripeAccount,
  summary: 'Read everything from Stripe again; what is there stays readable meanwhile.',
  result: Done,
})
