import type { Desk } from '#server/desk.ts'
import { wakeMirror } from '../job-names.ts'
import { customerOf, touchedBy } from '../mirror-place.ts'
import { hintObjects, hintUnknown, lockMirror, type Named } from '../store/mirror.ts'
import { markProcessed, takeWaiting } from '../store/webhook-events.ts'

const batch = 200

/** Turns stored events into hints. What they say is not believed: the objects are read afresh. */
export async function processWebhooks(desk: Desk): Promise<number> {
  const { account } = desk.ports.payments
  for (let done = 0; ;) {
    const taken = await desk.transaction(async (tx) => {
      await lockMirror(tx, account)
      const events = await takeWaiting(tx, account, batch)
      if (events.length === 0) return 0
      const objects = events.flatMap(({ object }) => (object && typeof object.id === 'string' ? [object] : []))
      await hintObjects(tx, account, objects.flatMap(touchedBy))
      const customers = objects.map(customerOf).filter((id) => id !== null)
      await hintUnknown(
        tx,
        account,
        customers.map((id): Named => ({ kind: 'customer', id })),
      )
      await markProcessed(
        tx,
        account,
        events.map(({ id }) => id),
      )
      await tx.enqueue(wakeMirror(account))
      return events.length
    })
    done += taken
    if (taken < batch) return done
  }
}
