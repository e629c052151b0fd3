import type { StripeAccount } from '#contract/stripe-accounts.ts'
import type { Desk } from '#server/desk.ts'
import type { Payments } from '../ports.ts'
import { hookUrl, onEachAccount } from '../stripe-accounts.ts'
import { furtherAccounts } from '../store/stripe-accounts.ts'

/** The connected accounts, the one of the configuration first. */
export async function listAccounts(desk: Desk): Promise<StripeAccount[]> {
  const further = new Map((await furtherAccounts(desk)).map((row) => [row.account, row]))
  return (await onEachAccount(desk)).map(({ ports: { payments } }) => {
    const { account, mode } = payments
    const row = further.get(account)
    return {
      id: account,
      stripeId: row?.stripeId ?? null,
      label: row?.label ?? 'First account',
      mode,
      isFirst: row === undefined,
      hookUrl: row ? hookUrl(desk, account) : `${desk.publicUrl}/hooks/stripe`,
      hears: hears(payments),
      connectedBy: row?.connectedBy ?? null,
      connectedAt: row?.connectedAt.toString() ?? null,
    }
  })
}

/** How an account tells of what changes. */
export function hears({ webhooks }: Payments): StripeAccount['hears'] {
  if (!webhooks) return 'list'
  return 'secret' in webhooks ? 'configured' : 'registered'
}
