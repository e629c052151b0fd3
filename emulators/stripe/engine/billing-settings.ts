import type { Context } from './context.ts'

/** What the account's owner has set for payments that fail. Waits between retries are in days. */
export type BillingSettings = {
  retries: number[]
  subscription: 'cancel' | 'past_due' | 'unpaid'
  invoice: 'open' | 'uncollectible'
}
const KEY = ['stripe.billing_settings', 'settings'] as const
const FRESH: BillingSettings = { retries: [3, 5, 7], subscription: 'cancel', invoice: 'open' }

export const billingSettings = (ctx: Pick<Context, 'store'>): BillingSettings =>
  ctx.store.get<BillingSettings>(...KEY) ?? FRESH

export function setBilling(ctx: Context, patch: Partial<BillingSettings>): BillingSettings {
  ctx.store.put(...KEY, { ...billingSettings(ctx), ...patch })
  return billingSettings(ctx)
}
