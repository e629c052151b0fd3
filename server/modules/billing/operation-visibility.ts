import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'

/** An operation of a ticket is seen by those who may see the ticket. */
export async function maySeeTicket(desk: Desk, ticketId: Id<'tkt'> | null): Promise<boolean> {
  if (!ticketId || desk.actor.visible === 'all') return true
  return (await desk.ports.requesters.numbers(desk, [ticketId])).has(ticketId)
}
