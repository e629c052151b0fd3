import type { Id } from '#contract/ids.ts'
import type { LinkKind, Priority, TicketStatus } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import { normaliseSubject } from '../rules/subject.ts'

/** The columns that decide what may happen to a ticket; read under a row lock before anything does. */
export type LockedTicket = {
  id: Id<'tkt'>
  number: number
  subject: string
  status: TicketStatus
  priority: Priority
  sourceId: Id<'box'> | null
  contactId: Id<'con'>
  accountId: Id<'acc'> | null
  assigneeId: Id<'agt'> | null
  teamId: Id<'tea'>
  tags: string[]
  solveCycle: number
  solvedAt: Temporal.Instant | null
  deletedAt: Temporal.Instant | null
  createdAt: Temporal.Instant
  /** The ticket it was merged into; everything of it is there. */
  mergedIntoId: Id<'tkt'> | null
  version: number
}

type Row = {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: Priority
  source_id: string | null
  requester_id: string
  account_id: string | null
  assignee_id: string | null
  team_id: string
  tags: string[]
  solve_cycle: number
  solved_at: Temporal.Instant | null
  deleted_at: Temporal.Instant | null
  created_at: Temporal.Instant
  merged_into_id: string | null
  version: number
}

/** Locks a ticket for the rest of the transaction, or refuses because there is none. */
export async function lockTicket(desk: Desk, id: Id<'tkt'>): Promise<LockedTicket> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-ticket',
    text: `select id, number, subject, status, priority, source_id, requester_id, account_id, assignee_id, team_id, tags,
      solve_cycle, solved_at, deleted_at, created_at, merged_into_id, version from tickets where id = $1 for update`,
    values: [uuidOf(id)],
  })
  const row = rows[0]
  if (!row) throw notFound('ticket')
  return {
    id,
    number: row.number,
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    sourceId: row.source_id ? idOf('box', row.source_id) : null,
    contactId: idOf('con', row.requester_id),
    accountId: row.account_id ? idOf('acc', row.account_id) : null,
    assigneeId: row.assignee_id ? idOf('agt', row.assignee_id) : null,
    teamId: idOf('tea', row.team_id),
    tags: row.tags,
    solveCycle: row.solve_cycle,
    solvedAt: row.solved_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    mergedIntoId: row.merged_into_id ? idOf('tkt', row.merged_into_id) : null,
    version: row.version,
  }
}

export type NewTicket = {
  subject: string
  segment: 'consumer' | 'enterprise'
  channel: 'email' | 'api'
  sourceId: Id<'box'> | null
  requesterId: Id<'con'>
  accountId: Id<'acc'> | null
  assigneeId?: Id<'agt'> | null
  teamId: Id<'tea'>
  status: TicketStatus
  priority: Priority
  tags: string[]
  preview: string
  lastAuthor: 'contact' | 'agent' | 'system'
}

/** The first fifteen columns of a new ticket, from its id to its last author. */
export function ticketValues(ticket: NewTicket & { id: Id<'tkt'> }): unknown[] {
  return [
    uuidOf(ticket.id),
    ticket.subject,
    normaliseSubject(ticket.subject),
    ticket.status,
    ticket.priority,
    ticket.segment,
    ticket.channel,
    ticket.sourceId ? uuidOf(ticket.sourceId) : null,
    uuidOf(ticket.requesterId),
    ticket.accountId ? uuidOf(ticket.accountId) : null,
    ticket.assigneeId ? uuidOf(ticket.assigneeId) : null,
    uuidOf(ticket.teamId),
    ticket.tags,
    ticket.preview,
    ticket.lastAuthor,
  ]
}

/** Inserts a ticket; its events are the caller's to record. */
export async function insertTicket(desk: Desk, ticket: NewTicket): Promise<{ id: Id<'tkt'>; number: number }> {
  const id = newId('tkt', desk.now())
  const { rows } = await desk.connection.query<{ number: number }>({
    name: 'insert-ticket',
    text: `insert into tickets (id, subject, normalised_subject, status, priority, segment, channel, source_id, requester_id,
        account_id, assignee_id, team_id, tags, preview, last_author, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) returning number`,
    values: [...ticketValues({ ...ticket, id }), desk.now().toString()],
  })
  return { id, number: rows[0]?.number ?? 0 }
}

export type Participant = { email: string; contactId: Id<'con'> | null; kind: 'requester' | 'cc' | 'invited' }

/** People as jsonb_to_recordset takes them. */
export function participantRows(people: readonly Participant[]) {
  return people.map((person) => ({
    email: person.email.toLowerCase(),
    contact_id: person.contactId ? uuidOf(person.contactId) : null,
    kind: person.kind,
  }))
}

/** Adds people to a ticket by address; those already there stay as they are. `correctionId`: what brought them. */
export async function addParticipants(
  desk: Desk,
  ticketId: Id<'tkt'>,
  people: readonly Participant[],
  correctionId: Id<'cor'> | null = null,
): Promise<void> {
  if (people.length === 0) return
  await desk.connection.query({
    name: 'add-participants',
    text: `insert into ticket_participants (ticket_id, email, contact_id, kind, correction_id)
      select $1, p.email, p.contact_id, p.kind, $3
      from jsonb_to_recordset($2::jsonb) as p(email text, contact_id uuid, kind text)
      on conflict do nothing`,
    values: [uuidOf(ticketId), JSON.stringify(participantRows(people)), correctionId && uuidOf(correctionId)],
  })
}

export async function linkTickets(desk: Desk, ticketId: Id<'tkt'>, otherId: Id<'tkt'>, kind: LinkKind): Promise<void> {
  await desk.connection.query({
    name: 'link-tickets',
    text: `insert into ticket_links (ticket_id, other_id, kind, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
    values: [uuidOf(ticketId), uuidOf(otherId), kind, desk.now().toString()],
  })
}

/** What a list shows of the last message, and that the ticket changed. */
export async function touchTicket(
  desk: Desk,
  ticketId: Id<'tkt'>,
  last: { preview: string; author: 'contact' | 'agent' | 'system' } | null,
): Promise<void> {
  await desk.connection.query({
    name: 'touch-ticket',
    text: `update tickets set updated_at = $2, version = version + 1, preview = coalesce($3, preview),
      last_author = coalesce($4, last_author) where id = $1`,
    values: [uuidOf(ticketId), desk.now().toString(), last?.preview ?? null, last?.author ?? null],
  })
}
