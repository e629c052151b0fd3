import type { TicketRow, TicketStatus, Priority } from '#contract/inbox.ts'
import { idOf } from '#platform/ids.ts'

/** The joined columns a row of any ticket list is made of; `t` is the ticket. */
export const ticketRowColumns = `t.id, t.number, t.subject, t.status, t.priority, t.type, t.segment, t.channel, t.requester_id,
  c.name as requester_name, c.email as requester_email, t.account_id, a.name as account_name, t.assignee_id,
  g.name as assignee_name, t.team_id, t.tags, t.urgent_at, t.preview, t.last_author, t.attention, t.created_at, t.updated_at,
  t.solved_at,
  (select json_agg(json_build_object('target', k.target, 'state', k.state, 'dueAt', k.due_at, 'elapsedMs', k.elapsed_ms) order by k.target)
     from ticket_clocks k where k.ticket_id = t.id) as clocks`

export const ticketRowJoins = `join contacts c on c.id = t.requester_id
  left join accounts a on a.id = t.account_id
  left join agents g on g.id = t.assignee_id`

type StoredClock = {
  target: TicketRow['clocks'][number]['target']
  state: TicketRow['clocks'][number]['state']
  dueAt: string | null
  elapsedMs: number | null
}

export type TicketRecord = {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: Priority
  type: string | null
  segment: 'consumer' | 'enterprise'
  channel: 'email' | 'api'
  requester_id: string
  requester_name: string
  requester_email: string | null
  account_id: string | null
  account_name: string | null
  assignee_id: string | null
  assignee_name: string | null
  team_id: string
  tags: string[]
  urgent_at: Temporal.Instant | null
  preview: string
  last_author: 'contact' | 'agent' | 'system'
  attention: TicketRow['attention']
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  solved_at: Temporal.Instant | null
  clocks: StoredClock[] | null
}

export function presentTicketRow(row: TicketRecord): TicketRow {
  return {
    id: idOf('tkt', row.id),
    number: row.number,
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    type: row.type,
    segment: row.segment,
    channel: row.channel,
    requester: { id: idOf('con', row.requester_id), name: row.requester_name, email: row.requester_email },
    accountId: row.account_id ? idOf('acc', row.account_id) : null,
    accountName: row.account_name,
    assigneeId: row.assignee_id ? idOf('agt', row.assignee_id) : null,
    assigneeName: row.assignee_name,
    teamId: idOf('tea', row.team_id),
    tags: row.tags,
    clocks: (row.clocks ?? []).map((clock) => ({
      ...clock,
      dueAt: clock.dueAt && Temporal.Instant.from(clock.dueAt).toString(),
    })),
    urgentAt: row.urgent_at?.toString() ?? null,
    preview: row.preview,
    lastAuthor: row.last_author,
    attention: row.attention,
    createdAt: row.created_at.toString(),
    updatedAt: row.updated_at.toString(),
    solvedAt: row.solved_at?.toString() ?? null,
  }
}
