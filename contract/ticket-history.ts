import type { MovedMessage, TicketEvent } from './ticket-events.ts'

type Line = { id: string; type: string; causeId?: string | null; data: unknown }

/**
 * The events that still count: an undone correction never was, and neither is what followed from it alone. A breach is a
 * verdict and stands whatever made it known.
 */
export function standing<T extends Line>(events: readonly T[]): T[] {
  const voided = new Set(
    events.flatMap(({ type, data }) => (type === 'correction.undone' ? (data as { voids: string[] }).voids : [])),
  )
  if (voided.size === 0) return [...events]
  return events.filter(
    ({ id, type, causeId }) => !voided.has(id) && !(causeId && voided.has(causeId) && type !== 'sla.breached'),
  )
}

/**
 * The messages of a ticket as its standing events have them, in order of time: received or sent, and not taken elsewhere.
 * A person's reply answers what is in its ticket when it leaves; taking either elsewhere changes nothing of that.
 */
export function messagesOf(events: readonly TicketEvent[]): MovedMessage[] {
  const known = new Map<string, MovedMessage>()
  for (const event of events) {
    if (event.type === 'message.received') known.set(event.data.messageId, receivedOf(event))
    else if (event.type === 'message.sent') {
      const sent = sentOf(event)
      if (isAnswer(sent)) for (const message of known.values()) message.answered = true
      known.set(sent.id, sent)
    }
    for (const message of broughtBy(event)) known.set(message.id, { ...message })
    for (const id of takenBy(event)) known.delete(id)
  }
  return [...known.values()].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

/**
 * A ticket's history as if its messages had always been where they are now: what was taken elsewhere is left out, what was
 * brought stands at its own time, and the matter began with the first of it.
 */
export function restated(events: readonly TicketEvent[]): TicketEvent[] {
  const counted = standing(events)
  if (!counted.some((event) => broughtBy(event).length > 0 || takenBy(event).length > 0)) return counted
  const here = new Set(messagesOf(counted).map(({ id }) => id))
  const told = new Set<string>()
  const all = counted.flatMap((event): TicketEvent[] => {
    if (event.type === 'message.received' || event.type === 'message.sent') {
      if (!here.has(event.data.messageId) || told.has(event.data.messageId)) return []
      told.add(event.data.messageId)
      return [event]
    }
    const brought = broughtBy(event).filter(({ id }) => here.has(id) && !told.has(id))
    for (const { id } of brought) told.add(id)
    return [event, ...brought.map((message) => asEvent(event, message))]
  })
  return begunWithTheFirst(all)
}

function begunWithTheFirst(events: TicketEvent[]): TicketEvent[] {
  const asked = events.flatMap((event) =>
    event.type === 'message.received' && !event.data.auto ? [event.occurredAt] : [],
  )
  const first = asked.sort(Temporal.Instant.compare)[0]
  const shifted = events.map((event): TicketEvent => {
    if (event.type !== 'ticket.created' || !first || Temporal.Instant.compare(first, event.occurredAt) >= 0)
      return event
    return { ...event, occurredAt: first, data: { ...event.data, direction: 'inbound' } }
  })
  const created = shifted.filter(({ type }) => type === 'ticket.created')
  const rest = shifted.filter(({ type }) => type !== 'ticket.created')
  return [...created, ...rest.sort((a, b) => Temporal.Instant.compare(a.occurredAt, b.occurredAt))]
}

/** Notes, automatic mail and what the desk itself sends are no answer. An API key answers for its owner. */
export function isAnswer({ kind, by }: Pick<MovedMessage, 'kind' | 'by'>): boolean {
  return kind === 'reply' && (by === 'agent' || by === 'api')
}

function broughtBy(event: TicketEvent): MovedMessage[] {
  return event.type === 'messages.moved' || event.type === 'correction.undone' ? (event.data.messages ?? []) : []
}

function takenBy(event: TicketEvent): string[] {
  return event.type === 'messages.moved' || event.type === 'ticket.split' || event.type === 'ticket.merged'
    ? (event.data.messageIds ?? [])
    : []
}

function receivedOf({ occurredAt, actorId, data }: TicketEvent<'message.received'>): MovedMessage {
  return {
    id: data.messageId,
    kind: 'inbound',
    at: occurredAt.toString(),
    auto: data.auto ?? false,
    by: 'contact',
    authorId: actorId ?? null,
    answered: false,
  }
}

function sentOf({ occurredAt, actorKind, actorId, data }: TicketEvent<'message.sent'>): MovedMessage {
  return {
    id: data.messageId,
    kind: data.kind,
    at: occurredAt.toString(),
    auto: data.kind === 'auto',
    by: actorKind,
    authorId: data.authorId ?? actorId ?? null,
    answered: false,
  }
}

function asEvent({ id, seq, ticketId }: TicketEvent, message: MovedMessage): TicketEvent {
  const line = { id, seq, ticketId, occurredAt: Temporal.Instant.from(message.at), actorId: message.authorId }
  if (message.kind === 'inbound')
    return {
      ...line,
      type: 'message.received',
      actorKind: 'contact',
      data: { messageId: message.id, kind: 'human', auto: message.auto },
    }
  return {
    ...line,
    type: 'message.sent',
    actorKind: message.by,
    data: { messageId: message.id, kind: message.kind, authorId: message.authorId },
  }
}
