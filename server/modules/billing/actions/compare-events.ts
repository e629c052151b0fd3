import type { Desk } from '#server/desk.ts'
import { wakeWebhooks } from '../job-names.ts'
import { readConnection, saveCompared } from '../store/connection.ts'
import { storeEvents } from '../store/webhook-events.ts'

/** An event may enter Stripe's list a little after its time. */
const overlapSeconds = 30

/** Asks Stripe what happened since the last comparison and takes in every event that no webhook brought. */
export async function compareEvents(desk: Desk): Promise<number> {
  const { payments } = desk.ports
  const { comparedUpTo } = await readConnection(desk, payments.account)
  // Nothing is copied yet: the copy will see the objects themselves.
  if (comparedUpTo === null) return 0
  let newest = comparedUpTo
  let missed = 0
  for (let after: string | null = null; ;) {
    const page = await payments.events(Math.max(0, comparedUpTo - overlapSeconds), after)
    newest = Math.max(newest, page.newest ?? 0)
    missed += await desk.transaction(async (tx) => {
      const stored = await storeEvents(tx, payments.account, page.items, 'list')
      if (stored > 0) await tx.enqueue(wakeWebhooks(payments.account))
      return stored
    })
    if (!page.next) break
    after = page.next
  }
  await saveCompared(desk, payments.account, newest)
  return missed
}

/** Where webhooks come in, the list is only asked now and then for what they left out. */
export async function compareWhenDue(desk: Desk): Promise<void> {
  const { payments } = desk.ports
  const { comparedAt } = await readConnection(desk, payments.account)
  const every = payments.webhooks ? 5 : 1
  const due = desk.now().subtract({ minutes: every })
  const isFuture = comparedAt && Temporal.Instant.compare(comparedAt, desk.now()) > 0
  if (comparedAt && !isFuture && Temporal.Instant.compare(comparedAt, due) > 0) return
  await compareEvents(desk)
}
