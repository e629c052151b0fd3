import type { ContactBilling } from '#contract/billing.ts'

/** What a customer is billed in, what they have now first: a credit in another currency would never be used. */
export function billedCurrencies(customer: ContactBilling['customers'][number] | undefined): string[] {
  if (!customer) return []
  const { subscriptions, charges, invoices } = customer
  const monies = [
    ...subscriptions.map(({ unit }) => unit),
    ...charges.map(({ money }) => money),
    ...invoices.map(({ total }) => total),
  ]
  return [...new Set(monies.flatMap((money) => money?.currency ?? []))]
}
