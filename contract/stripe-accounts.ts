import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, line, Time } from './list.ts'
import { StripeAccountId, StripeMode } from './stripe-account-id.ts'

/** Secrets are never shown. */
export const StripeAccount = z.object({
  id: StripeAccountId,
  /** Stripe’s own id; null for the first, which is not asked for it. */
  stripeId: z.string().nullable(),
  label: z.string(),
  mode: StripeMode,
  /** The one whose key is in the configuration; it cannot be disconnected here. */
  isFirst: z.boolean(),
  /** Where Stripe is to send this account’s webhooks. */
  hookUrl: z.string(),
  hears: z.enum(['configured', 'registered', 'list']),
  connectedBy: z.string().nullable(),
  connectedAt: Time.nullable(),
})
export type StripeAccount = z.infer<typeof StripeAccount>

export const listStripeAccounts = endpoint({
  method: 'GET',
  path: '/billing/accounts',
  permission: 'billing.read',
  summary: 'The connected Stripe accounts, the one of the configuration first.',
  result: z.object({ items: z.array(StripeAccount) }),
})

export const connectStripeAccount = endpoint({
  method: 'POST',
  path: '/billing/accounts',
  permission: 'settings.write',
  summary:
    'Connect a further Stripe account of the same mode, by a key that is tried at once. Connecting it again replaces its key and label, and its signing secret when one is given.',
  body: z.strictObject({
    label: line(80),
    secretKey: z.string().regex(/^(sk|rk)_(test|live)_\w{1,300}$/, 'must be a secret or restricted key of Stripe'),
    signingSecret: z
      .string()
      .regex(/^whsec_[\w+/=-]{1,300}$/, 'must be a signing secret of a webhook endpoint (whsec_…)')
      .optional(),
  }),
  result: StripeAccount,
  status: 201,
})

export const disconnectStripeAccount = endpoint({
  method: 'DELETE',
  path: '/billing/accounts/{id}',
  permission: 'settings.write',
  summary: 'Disconnect a Stripe account: its secrets are forgotten, what was done there stays on record.',
  params: z.strictObject({ id: StripeAccountId }),
  result: Done,
})
