import type { updateTicket as endpoint } from '#contract/inbox.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { listAgentIds, teamExists } from '#modules/team/index.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { record, type Happening } from '../record.ts'
import { normaliseSubject } from '../rules/subject.ts'
import { lockTicket, type LockedTicket } from '../store/tickets.ts'
import { requireVisible } from '../views/read-ticket.ts'
import { assignTicket } from './assign-ticket.ts'
import { changeStatus } from './change-status.ts'
import { sendSolvedMail } from './send-solved-mail.ts'

export type TicketChange = BodyOf<typeof endpoint>

/** Changes what an agent may change on a ticket, all of it or nothing. What is already so is no event. */
export async function updateTicket(desk: Desk, id: Id<'tkt'>, change: TicketChange): Promise<void> {
  await desk.transaction(async (tx) => {
    await requireVisible(tx, id)
    const ticket = await lockTicket(tx, id)
    if (ticket.status === 'closed' && change.status !== undefined)
      throw new DeskError('conflict', `Ticket #${ticket.number} is closed and stays so; a follow-up is a new ticket.`)
    if (change.assigneeId && !(await listAgentIds(tx)).includes(change.assigneeId))
      throw new DeskError('invalid_request', 'body.assigneeId: there is no such agent who can be given work.')
    if (change.assigneeId !== undefined) await assignTicket(tx, ticket, change.assigneeId)
    const happenings: Happening[] = []
    if (change.priority && change.priority !== ticket.priority) {
      happenings.push({ type: 'ticket.priority_changed', data: { from: ticket.priority, to: change.priority } })
      ticket.priority = change.priority
    }
    if (change.status) happenings.push(...(await changeStatus(tx, ticket, change.status, 'by_agent')))
    await saveFields(tx, ticket, change)
    if (happenings.length > 0) await record(tx, ticket, happenings)
    const isSolved = happenings.some(
      ({ type, data }) => type === 'ticket.status_changed' && 'to' in data && data.to === 'solved',
    )
    if (isSolved) await sendSolvedMail(tx, ticket)
  })
}

async function saveFields(desk: Desk, ticket: LockedTicket, change: TicketChange): Promise<void> {
  const fields: string[] = []
  if (change.teamId && change.teamId !== ticket.teamId) {
    if (!(await teamExists(desk, change.teamId)))
      throw new DeskError('invalid_request', 'body.teamId: there is no such team.')
    fields.push('teamId')
  }
  const tags = change.tags && [...new Set(change.tags)].sort()
  if (tags && tags.join(' ') !== [...ticket.tags].sort().join(' ')) fields.push('tags')
  if (change.subject && change.subject !== ticket.subject) fields.push('subject')
  if (fields.length === 0 && change.priority === undefined) return
  await desk.connection.query({
    name: 'save-ticket-fields',
    text: `update tickets set team_id = coalesce($2, team_id), tags = coalesce($3, tags), subject = coalesce($4, subject),
      normalised_subject = coalesce($5, normalised_subject), priority = $6, updated_at = $7, version = version + 1 where id = $1`,
    values: [
      uuidOf(ticket.id),
      change.teamId ? uuidOf(change.teamId) : null,
      tags ?? null,
      change.subject ?? null,
      change.subject ? normaliseSubject(change.subject) : null,
      ticket.priority,
      desk.now().toString(),
    ],
  })
  if (fields.length > 0) {
    const data = {
      fields,
      ...(fields.includes('teamId') ? { from: ticket.teamId, to: change.teamId } : {}),
      ...(fields.includes('tags') ? { tags } : {}),
    }
    await desk.emit({ type: 'ticket.changed', ticketId: ticket.id, contactId: ticket.contactId, data })
  }
}
