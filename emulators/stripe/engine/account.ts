import type { Stripe } from 'stripe'
import type { Context } from './context.ts'

const KEY = ['stripe.account', 'account'] as const

/** The one account of the emulator; it settles everything in its default currency. */
export function account(ctx: Pick<Context, 'store'>): Stripe.Account {
  return ctx.store.get<Stripe.Account>(...KEY) ?? fresh()
}

export function setAccount(
  ctx: Pick<Context, 'store'>,
  patch: { id?: string; default_currency?: string; country?: string; email?: string },
): Stripe.Account {
  const before = account(ctx)
  const id = patch.id ?? before.id
  ctx.store.put(...KEY, { ...before, ...patch, external_accounts: noBanks(id) })
  return account(ctx)
}

function fresh(): Stripe.Account {
  return {
    id: 'acct_1EmulatedMainstay00',
    object: 'account',
    business_type: 'company',
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    controller: { type: 'account' },
    country: 'US',
    created: 1_767_225_600,
    default_currency: 'usd',
    details_submitted: true,
    email: 'owner@example.com',
    external_accounts: noBanks('acct_1EmulatedMainstay00'),
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  }
}

function noBanks(id: string): NonNullable<Stripe.Account['external_accounts']> {
  return { object: 'list', data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` }
}
