import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idIn } from '../mirror-place.ts'
import { subscriptionFacts } from '../rules/mirror-subscription.ts'
import type { FoundSubscription } from '../rules/subscription-cancellation.ts'
import { keepRead, nextMark } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

/** Reads a subscription from Stripe itself, into the mirror; undefined when Stripe has no such subscription. */
export async function refreshSubscription(desk: Desk, id: string): Promise<FoundSubscription | undefined> {
  const { payments } = desk.ports
  const mark = await nextMark(desk)
  const object = await payments.retrieve('subscription', id)
  const read = { kind: 'subscription' as const, id, mark, object }
  await desk.transaction(async (tx) => followUp(tx, await keepRead(tx, payments.account, [read]), { lists: false }))
  if (!object) return undefined
  const facts = subscriptionFacts(object)
  if (!facts.ok) throw new DeskError('policy_refused', facts.sentence)
  return { facts: facts.facts, schedule: idIn(object.schedule) }
}
