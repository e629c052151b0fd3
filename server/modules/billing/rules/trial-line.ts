import type { Around } from './explanation.ts'
import type { InvoiceLineFacts } from './facts.ts'

/** Time in which nothing is asked for yet, by the subscription's dates or, without them, by what Stripe wrote. */
export function isTrial(line: InvoiceLineFacts, { subscription }: Around): boolean {
  if (line.amount !== 0 || line.kind !== 'subscription_item') return false
  if (/^(?:free )?trial\b/i.test(line.description ?? '')) return true
  const end = subscription?.id === line.subscription ? subscription?.trialEnd : undefined
  return end !== undefined && line.periodStart < end
}
