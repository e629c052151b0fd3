import type { RefundPreview } from '#contract/billing.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { previewCancellation as endpoint } from '#contract/operations.ts'
import type { Desk } from '#server/desk.ts'
import { getCalendar } from '#modules/team/index.ts'
import { notFound } from '#platform/errors.ts'
import { readBasis, refuseHiddenTicket } from '../operation-basis.ts'
import { savePreview } from '../operation-preview.ts'
import { decideCancellation } from '../rules/subscription-cancellation.ts'
import { refreshSubscription } from './refresh-subscription.ts'

/** What ending a subscription does, on what Stripe says just now. Ends nothing. */
export async function previewCancellation(desk: Desk, body: BodyOf<typeof endpoint>): Promise<RefundPreview> {
  await refuseHiddenTicket(desk, body.ticketId)
  const subscription = await refreshSubscription(desk, body.subscription)
  if (!subscription) throw notFound('subscription at Stripe')
  const { facts } = subscription
  const { level, authority, contact, policy } = await readBasis(desk, facts.customer ?? null, body.ticketId ?? null)
  const dates = { now: desk.now().epochMilliseconds, timeZone: (await getCalendar(desk)).hours.timeZone }
  const request = { subscription, when: body.when, authority: level, policy, dates }
  return savePreview(
    desk,
    {
      kind: 'subscription_cancellation',
      charge: null,
      invoice: null,
      subscription: facts.id,
      customerId: facts.customer ?? null,
      contactId: contact?.id ?? null,
      contactName: contact?.name ?? null,
      ticketId: body.ticketId ?? null,
      cause: null,
    },
    { decision: decideCancellation(request), authority, input: request },
    { subscription: facts.id, when: body.when, authority: level },
  )
}
