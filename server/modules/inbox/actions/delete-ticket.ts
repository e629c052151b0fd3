import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { mayManage } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { lockTicket } from '../store/tickets.ts'
import { requireVisible } from '../views/read-ticket.ts'

/** How long whoever deleted a ticket can bring it back without being a lead. */
const ownHours = 1

/**
 * Takes a ticket out of every list, search and count. Nothing of it is lost until the purge, and its receipts outlast that,
 * so that no mail of it can come in a second time.
 */
export async function deleteTicket(desk: Desk, id: Id<'tkt'>): Promise<void> {
  await desk.transaction(async (tx) => {
    await requireVisible(tx, id)
    const ticket = await lockTicket(tx, id)
    if (ticket.deletedAt) throw notFound('ticket')
    if (!mayManage(tx.actor, ticket))
      throw new DeskError('forbidden', 'You can delete tickets that are yours; a lead can delete any.')
    if (await isLeaving(tx, id))
      throw new DeskError('conflict', 'A reply is about to leave. Take it back, or wait until it has left.')
    await mark(tx, id, tx.now())
    await tx.emit({ type: 'ticket.deleted', ticketId: id, contactId: ticket.contactId, data: {} })
  })
}

/** Brings a deleted ticket back as it was. */
export async function restoreTicket(desk: Desk, id: Id<'tkt'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const ticket = await lockTicket(tx, id)
    const { visible } = tx.actor
    if (!ticket.deletedAt || (visible !== 'all' && !visible.includes(ticket.teamId))) throw notFound('deleted ticket')
    const mine = await deletedByActor(tx, id, ticket.deletedAt)
    if (!mine && !mayManage(tx.actor, { assigneeId: null }))
      throw new DeskError('forbidden', 'Only a lead or an admin can restore this ticket.')
    await mark(tx, id, null)
    await tx.emit({ type: 'ticket.restored', ticketId: id, contactId: ticket.contactId, data: {} })
  })
}

async function mark(desk: Desk, id: Id<'tkt'>, at: Temporal.Instant | null): Promise<void> {
  await desk.connection.query({
    name: 'mark-deleted',
    text: 'update tickets set deleted_at = $2, updated_at = $3, version = version + 1 where id = $1',
    values: [uuidOf(id), at?.toString() ?? null, desk.now().toString()],
  })
}

async function isLeaving(desk: Desk, id: Id<'tkt'>): Promise<boolean> {
  const { rowCount } = await desk.connection.query(
    `select from deliveries where ticket_id = $1 and state in ('scheduled', 'handing_over') limit 1`,
    [uuidOf(id)],
  )
  return rowCount === 1
}

async function deletedByActor(desk: Desk, id: Id<'tkt'>, deletedAt: Temporal.Instant): Promise<boolean> {
  if (Temporal.Instant.compare(deletedAt.add({ hours: ownHours }), desk.now()) < 0) return false
  const { rows } = await desk.connection.query<{ actor_id: string | null }>(
    `select actor_id from events where ticket_id = $1 and type = 'ticket.deleted' order by seq desc limit 1`,
    [uuidOf(id)],
  )
  return rows[0]?.actor_id === desk.actor.id
}
