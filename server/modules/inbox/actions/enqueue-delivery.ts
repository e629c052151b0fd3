import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'

/** One waiting delivery job per message; a later call moves its time. */
export async function enqueueDelivery(desk: Desk, messageId: Id<'msg'>, runAt?: Temporal.Instant): Promise<void> {
  await desk.enqueue({
    name: 'inbox.deliver',
    payload: { messageId },
    key: `deliver:${messageId}`,
    ...(runAt ? { runAt } : {}),
  })
}
