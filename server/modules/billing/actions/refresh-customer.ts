import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import type { BillingCustomerFacts } from '../rules/facts.ts'
import { billingCustomerFacts } from '../rules/mirror-object.ts'
import { keepRead, nextMark } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

/** Reads a customer from Stripe itself, into the mirror; undefined when Stripe has no such customer. */
export async function refreshCustomer(desk: Desk, id: string): Promise<BillingCustomerFacts | undefined> {
  const { payments } = desk.ports
  const mark = await nextMark(desk)
  const object = await payments.retrieve('customer', id)
  const read = { kind: 'customer' as const, id, mark, object }
  await desk.transaction(async (tx) =>
    followUp(tx, await keepRead(tx, payments.account, [read]), { lists: object !== null }),
  )
  if (!object) return undefined
  const facts = billingCustomerFacts(object)
  if (!facts.ok) throw new DeskError('policy_refused', facts.sentence)
  return facts.facts
}
