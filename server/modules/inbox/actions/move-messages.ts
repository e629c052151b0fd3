import type { moveMessages as endpoint } from '#contract/corrections.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { choose, isLeaving, messagesIn } from '../correcting/chosen-messages.ts'
import { giveMessages } from '../correcting/give-messages.ts'
import { lockTickets, requireVersion, standingOf } from '../correcting/lock-tickets.ts'
import { showLast } from '../correcting/show-last.ts'
import { record } from '../record.ts'
import { whyNotGiven, whyNotTaken } from '../rules/correction.ts'
import { insertCorrection } from '../store/corrections.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { settleAttention } from './settle-attention.ts'

/** Moves messages to another ticket; one they ask something opens it, and their writers join it. */
export async function moveMessages(
  desk: Desk,
  ticketId: Id<'tkt'>,
  input: BodyOf<typeof endpoint>,
): Promise<Id<'cor'>> {
  const { toTicketId } = input
  return desk.transaction(async (tx) => {
    const tickets = await lockTickets(tx, [ticketId, toTicketId])
    if (toTicketId === ticketId)
      throw new DeskError('invalid_request', 'body.toTicketId: is the ticket they are in already.')
    const from = tickets.get(ticketId) as LockedTicket
    const to = tickets.get(toTicketId) as LockedTicket
    requireVersion(from, input.version)
    const all = await messagesIn(tx, ticketId)
    const chosen = choose(all, input.messageIds)
    const refusal =
      whyNotTaken({
        from: await standingOf(tx, from),
        chosen: chosen.length,
        all: all.length,
        leaving: isLeaving(chosen),
      }) ?? whyNotGiven(await standingOf(tx, to))
    if (refusal) throw new DeskError('conflict', refusal)
    const id = newId('cor', tx.now())
    const messageIds = chosen.map((message) => message.id)
    const { plan, events: given } = await giveMessages(tx, { id, from, to, messages: chosen })
    const taken = await record(tx, from, [
      { type: 'messages.moved', data: { correctionId: id, to: to.id, messageIds, owing: plan.left } },
    ])
    for (const ticket of [from, to]) {
      await showLast(tx, ticket.id)
      await settleAttention(tx, ticket.id)
    }
    const undo = { messageIds, events: { [from.id]: taken, [to.id]: given } }
    await insertCorrection(tx, { id, kind: 'move', ticketId: from.id, otherId: to.id, undo })
    return id
  })
}
