import { useQuery } from '@tanstack/react-query'
import { listStripeAccounts } from '#contract/stripe-accounts.ts'
import { read } from './api.ts'

export const accountsQuery = read(listStripeAccounts, {}, ['stripe_account'])

/** What people call a Stripe account; undefined while there is only one, for then it need not be said. */
export function useAccountLabel(account: string | null): string | undefined {
  const accounts = useQuery(accountsQuery).data?.items ?? []
  return accounts.length > 1 ? (accounts.find(({ id }) => id === account)?.label ?? account ?? undefined) : undefined
}
