import * as z from 'zod'

/** Our name of a connected Stripe account; the first one's is its mode, another's Stripe's id and its mode. */
export const StripeAccountId = z.string().regex(/^[A-Za-z0-9_]{1,80}$/)

export const StripeMode = z.enum(['emulated', 'test', 'live'])

/** Which account is asked about; the first when left out. */
export const ofStripeAccount = z.strictObject({ account: StripeAccountId.optional() })

/** Whether a key of Stripe's moves real money. */
export function isLiveKey(key: string): boolean {
  return /^(sk|rk)_live_/.test(key)
}
