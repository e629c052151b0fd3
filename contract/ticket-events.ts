import type { Id } from './ids.ts'
import type { Priority, TicketStatus } from './inbox.ts'
import type { SlaEventData } from './sla.ts'

export type CorrectionKind = 'split' | 'move' | 'merge' | 'sender'

/** A message as the ledger hands it from ticket to ticket: everything that clocks and figures know of it. */
export type MovedMessage = {
  id: string
  kind: 'inbound' | 'reply' | 'note' | 'auto'
  /** When it arrived or left. */
  at: string
  /** Written by a machine. */
  auto: boolean
  by: 'contact' | 'agent' | 'system' | 'api'
  authorId: string | null
  /** Of a customer's words: a person has replied to them. */
  answered: boolean
}

/** What a ticket owes its customer by its messages, before and after a correction. Times; null where there is none. */
export type Owing = {
  owing: {
    /** The first words of a customer, and the first answer of a person after them. */
    firstAt: string | null
    firstReplyAt: string | null
    /** The oldest words of a customer that nobody has answered. */
    since: string | null
    sinceBefore: string | null
    status: TicketStatus
    /** The target whose clock ran for the messages where they come from. */
    carries?: 'first_reply' | 'next_reply' | null
  }
}

/** What the ledger says about tickets and the rules read: the type of each event and its data. */
export type TicketEventData = {
  'ticket.created': {
    direction: 'inbound' | 'outbound'
    channel: string
    segment: 'consumer' | 'enterprise'
    priority: Priority
    teamId: string
    tags?: string[]
    /** Made by a split: its clocks come with the messages it is given. */
    split?: boolean
  }
  /** `auto`: written by a machine, such as an absence notice. */
  'message.received': { messageId: string; kind: string; auto?: boolean }
  'message.sent': { messageId: string; kind: 'reply' | 'note' | 'auto'; authorId?: string | null }
  /** Reasons the rules know: `spam`, `customer_silent`; others are shown as they are. */
  'ticket.status_changed': { from: TicketStatus; to: TicketStatus; reason?: string | null }
  'ticket.assigned': { from: string | null; to: string | null }
  'ticket.priority_changed': { from: Priority; to: Priority }
  /** Of a team `from` and `to`; of tags all that there are now. */
  'ticket.changed': { fields: string[]; from?: string; to?: string; tags?: string[] }
  /** `thanks`: nothing but thanks was written, which is listed but not counted. */
  'ticket.reopened': { thanks?: boolean }
  /** On the ticket that was merged away; its messages went with it. */
  'ticket.merged': { into?: string | null; correctionId?: string; messageIds?: string[] }
  /** On the ticket that messages were taken from into a new one. */
  'ticket.split': { correctionId: string; into: string; messageIds: string[] } & Owing
  /** On a ticket that was given messages (`messages`) or had them taken (`messageIds`). */
  'messages.moved': {
    correctionId: string
    from?: string
    to?: string
    messages?: MovedMessage[]
    messageIds?: string[]
    merged?: boolean
  } & Owing
  'ticket.sender_relinked': { correctionId: string; from: string; to: string; messageIds: string[]; future: boolean }
  /** `voids`: the events of this ticket that count no more. `messages`: what came back beyond what was taken. */
  'correction.undone': {
    correctionId: string
    kind: CorrectionKind
    voids: string[]
    status: TicketStatus
    messages?: MovedMessage[]
  }
  /** `cycle` is the solve that was rated, 1 for the first; `agentId` the assignee at that time. */
  'csat.rated': { rating: number; cycle: number; agentId?: string | null }
} & Record<SlaEventType, SlaEventData>

export const slaEventTypes = [
  'sla.applied',
  'sla.activated',
  'sla.paused',
  'sla.resumed',
  'sla.updated',
  'sla.fulfilled',
  'sla.breached',
  'sla.cancelled',
] as const
export type SlaEventType = (typeof slaEventTypes)[number]

export type TicketEventType = keyof TicketEventData

/** One ledger line of a ticket, as the rules read it. `seq` is the order of the ledger. */
export type TicketEvent<T extends TicketEventType = TicketEventType> = {
  [K in T]: {
    id: string
    seq: number
    type: K
    occurredAt: Temporal.Instant
    actorKind: 'contact' | 'agent' | 'system' | 'api'
    actorId?: string | null
    ticketId: Id<'tkt'>
    data: TicketEventData[K]
  }
}[T]

export type SlaEvent = TicketEvent<SlaEventType>

export function isSlaEvent(event: TicketEvent): event is SlaEvent {
  return event.type.startsWith('sla.')
}
