import type { LedgerEvent } from '#contract/events.ts'
import type { Message } from '#contract/inbox.ts'

export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'events'; key: string; events: LedgerEvent[] }

/**
 * Messages (newest first, as they are paged) and ledger lines in the order they happened. Lines between two messages stand
 * together. While older messages are not loaded, lines older than the oldest loaded message wait with them.
 */
export function timelineOf(messages: readonly Message[], events: readonly LedgerEvent[], hasOlder: boolean) {
  const shown = messages.filter(({ delivery }) => delivery?.state !== 'cancelled')
  const oldest = messages.at(-1)?.createdAt
  const lines = hasOlder && oldest ? events.filter(({ occurredAt }) => before(oldest, occurredAt)) : events
  const entries = [
    ...shown.map((message) => ({ at: Date.parse(message.createdAt), rank: 0, message, event: null })),
    ...lines.map((event) => ({ at: Date.parse(event.occurredAt), rank: 1, message: null, event })),
  ].toSorted((a, b) => a.at - b.at || a.rank - b.rank)
  const items: TimelineItem[] = []
  let day = ''
  for (const { at, message, event } of entries) {
    const today = new Date(at).toDateString()
    if (today !== day && message) {
      items.push({ kind: 'day', key: `day ${today}`, at: message.createdAt })
      day = today
    }
    const last = items.at(-1)
    if (message) items.push({ kind: 'message', key: message.id, message })
    else if (last?.kind === 'events') last.events.push(event)
    else items.push({ kind: 'events', key: event.id, events: [event] })
  }
  return items
}

function before(a: string, b: string): boolean {
  return Date.parse(a) <= Date.parse(b)
}
