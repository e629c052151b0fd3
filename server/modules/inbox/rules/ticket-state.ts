import type { Priority, TicketStatus } from '#contract/inbox.ts'
import { standing } from '#contract/ticket-history.ts'

/** The workflow state of a ticket: everything about it that the ledger alone decides. */
export type TicketState = {
  status: TicketStatus
  priority: Priority
  assigneeId: string | null
  teamId: string
  tags: string[]
  solved: number
  reopened: number
  solvedAt: string | null
  closedAt: string | null
  mergedInto: string | null
}

export type StateEvent = { id: string; type: string; occurredAt: Temporal.Instant; data: Record<string, unknown> }

/** The state after some events, or null before the ticket was created. Events that say nothing of the state are passed over. */
export function foldTicketState(events: readonly StateEvent[]): TicketState | null {
  let state: TicketState | null = null
  for (const event of standing(events)) state = apply(state, event)
  return state
}

function apply(state: TicketState | null, { type, data, occurredAt }: StateEvent): TicketState | null {
  if (type === 'ticket.created') {
    return {
      status: data.direction === 'inbound' ? 'new' : 'open',
      priority: data.priority as Priority,
      assigneeId: null,
      teamId: String(data.teamId),
      tags: Array.isArray(data.tags) ? data.tags.map(String) : [],
      solved: 0,
      reopened: 0,
      solvedAt: null,
      closedAt: null,
      mergedInto: null,
    }
  }
  if (!state) return state
  switch (type) {
    case 'ticket.status_changed':
      return withStatus(state, data.to as TicketStatus, occurredAt)
    case 'ticket.merged':
      return { ...withStatus(state, 'closed', occurredAt), solvedAt: null, mergedInto: String(data.into) }
    case 'ticket.reopened':
      return { ...state, reopened: state.reopened + 1 }
    case 'ticket.assigned':
      return { ...state, assigneeId: (data.to as string | null) ?? null }
    case 'ticket.priority_changed':
      return { ...state, priority: data.to as Priority }
    case 'ticket.changed':
      return {
        ...state,
        ...(typeof data.to === 'string' ? { teamId: data.to } : {}),
        ...(Array.isArray(data.tags) ? { tags: data.tags.map(String) } : {}),
      }
    default:
      return state
  }
}

function withStatus(state: TicketState, to: TicketStatus, at: Temporal.Instant): TicketState {
  const isDone = to === 'solved' || to === 'closed'
  return {
    ...state,
    status: to,
    solved: state.solved + (to === 'solved' ? 1 : 0),
    solvedAt: to === 'solved' ? at.toString() : isDone ? state.solvedAt : null,
    closedAt: to === 'closed' ? at.toString() : isDone ? state.closedAt : null,
  }
}
