import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContactEntitlements } from '#modules/customers/index.ts'
import { checkEntitlements } from '../rules/entitlement-check.ts'
import { readContactBilling } from '../views/contact-billing.ts'

/** Where what the product grants a contact and what Stripe says disagree. */
export async function readEntitlementCheck(desk: Desk, contactId: Id<'con'>) {
  const { items } = await readContactEntitlements(desk, contactId)
  const { customers } = await readContactBilling(desk, contactId)
  const times = customers.flatMap(({ asOf }) => asOf ?? [])
  const result = checkEntitlements({
    linked: customers.length > 0,
    read: customers.length > 0 && times.length === customers.length,
    subscriptions: customers.flatMap(({ subscriptions }) => subscriptions),
    entitlements: items.map(({ entitlement }) => entitlement),
  })
  return { ...result, asOf: times.toSorted()[0] ?? null }
}
