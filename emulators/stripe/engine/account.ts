import type { Stripe } from 'stripe'
import type { Context } from './context.ts'

const KEY = ['stripe.account', 'account'] as const

/** The one account of the emulator; it settles everything in its default currency. */
export function account(ctx: Pick<Context, 'store'>): Stripe.Account {
  return ctx.store.get<Stripe.Account>(...KEY) ?? fresh()
}

export function setAccount(
  ctx: Pick<Context, 'store'>,
  patch: { default_currency?: string; country?: string; email?: string },
): Stripe.Account {
  ctx.store.put(...KEY, { ...account(ctx), ...patch })
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
    external_accounts: {
      object: 'list',
      data: [],
      has_more: false,
      url: '/v1/accounts/acct_1EmulatedMainstay00/external_accounts',
    },
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  }
}
