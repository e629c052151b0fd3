import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { mayManage } from '#modules/team/index.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { lockTicket, type LockedTicket } from '../store/tickets.ts'
import { requireVisible } from '../views/read-ticket.ts'

/**
 * Locks the tickets of a correction, always in the order of their ids so that two corrections never wait for each other,
 * and refuses what the actor may not see or correct.
 */
export async function lockTickets(desk: Desk, ids: readonly Id<'tkt'>[]): Promise<Map<Id<'tkt'>, LockedTicket>> {
  for (const id of ids) await requireVisible(desk, id)
  const locked = new Map<Id<'tkt'>, LockedTicket>()
  for (const id of [...new Set(ids)].sort((a, b) => (uuidOf(a) < uuidOf(b) ? -1 : 1))) {
    const ticket = await lockTicket(desk, id)
    if (!mayManage(desk.actor, ticket))
      throw new DeskError(
        'forbidden',
        `Ticket #${ticket.number} is not assigned to you. Assign it to yourself, or ask a lead to correct it.`,
      )
    locked.set(id, ticket)
  }
  return locked
}

/** Refuses when the ticket is no longer as it was looked at. */
export function requireVersion(ticket: LockedTicket, version: number | undefined): void {
  if (version !== undefined && version !== ticket.version)
    throw new DeskError(
      'stale',
      `Ticket #${ticket.number} has changed since you looked at it. Look again, then decide.`,
    )
}

/** The number of the ticket this one was merged into, for sentences. */
export async function mergedIntoNumber(desk: Desk, ticket: LockedTicket): Promise<number | null> {
  if (!ticket.mergedIntoId) return null
  const { rows } = await desk.connection.query<{ number: number }>({
    name: 'number-of-ticket',
    text: 'select number from tickets where id = $1',
    values: [uuidOf(ticket.mergedIntoId)],
  })
  return rows[0]?.number ?? 0
}

/** A ticket as the rules of corrections see it. */
export async function standingOf(desk: Desk, ticket: LockedTicket) {
  return {
    number: ticket.number,
    mergedInto: await mergedIntoNumber(desk, ticket),
    isClosed: ticket.status === 'closed',
  }
}
