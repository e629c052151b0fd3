import type { Desk } from '#server/desk.ts'
import type { NewEvent } from '#platform/ledger/append.ts'
import { newId } from '#platform/ids.ts'

/**
 * The same Desk, whose events wait for `append` and are then written in order by one statement. For transactions in which
 * nothing reads what was just emitted.
 */
export function holdEvents(desk: Desk): { desk: Desk; append(): Promise<void> } {
  const held: NewEvent[] = []
  const holding: Desk = Object.assign(Object.create(desk) as Desk, {
    async emit(...events: NewEvent[]) {
      const named = events.map((event) => ({
        ...event,
        id: event.id ?? newId('evt', desk.now()),
        occurredAt: event.occurredAt ?? desk.now(),
      }))
      held.push(...named)
      return named.map(({ id }) => id)
    },
    transaction: <T>(work: (desk: Desk) => Promise<T>) => work(holding),
  })
  return {
    desk: holding,
    async append() {
      if (held.length > 0) await desk.emit(...held.splice(0))
    },
  }
}
