import type { mergeTicket as endpoint } from '#contract/corrections.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { isLeaving, messagesIn } from '../correcting/chosen-messages.ts'
import { giveMessages } from '../correcting/give-messages.ts'
import { lockTickets, requireVersion, standingOf } from '../correcting/lock-tickets.ts'
import { mergeAway } from '../correcting/merge-away.ts'
import { showLast } from '../correcting/show-last.ts'
import type { Happening } from '../record.ts'
import { whyNotGiven, whyNotMerged } from '../rules/correction.ts'
import { insertCorrection } from '../store/corrections.ts'
import { moveDrafts } from '../store/move-messages.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { settleAttention } from './settle-attention.ts'

/**
 * Merges a ticket into another: the survivor has the messages of both in order of time, everybody who was on either, and
 * the tags of both. The other is closed, and whatever is still sent to it arrives in the survivor.
 */
export async function mergeTickets(
  desk: Desk,
  ticketId: Id<'tkt'>,
  input: BodyOf<typeof endpoint>,
): Promise<Id<'cor'>> {
  const { into } = input
  return desk.transaction(async (tx) => {
    const tickets = await lockTickets(tx, [ticketId, into])
    if (into === ticketId) throw new DeskError('invalid_request', 'body.into: a ticket cannot be merged into itself.')
    const from = tickets.get(ticketId) as LockedTicket
    const to = tickets.get(into) as LockedTicket
    requireVersion(from, input.version)
    const messages = await messagesIn(tx, ticketId)
    const refusal =
      whyNotMerged({ from: await standingOf(tx, from), leaving: isLeaving(messages) }) ??
      whyNotGiven(await standingOf(tx, to))
    if (refusal) throw new DeskError('conflict', refusal)
    const id = newId('cor', tx.now())
    const messageIds = messages.map((message) => message.id)
    const also = await uniteTags(tx, from, to)
    const { events: given } = await giveMessages(tx, { id, from, to, messages, merged: true, also })
    await bringPeople(tx, id, from, to)
    const draftAgentIds = await moveDrafts(tx, from.id, to.id)
    const merged = await mergeAway(tx, from, to.id, { correctionId: id, messageIds })
    await showLast(tx, to.id)
    await settleAttention(tx, to.id)
    const undo = { messageIds, draftAgentIds, events: { [from.id]: merged, [to.id]: given } }
    await insertCorrection(tx, { id, kind: 'merge', ticketId: from.id, otherId: to.id, undo })
    return id
  })
}

async function uniteTags(desk: Desk, from: LockedTicket, to: LockedTicket): Promise<Happening[]> {
  const tags = [...new Set([...to.tags, ...from.tags])].sort()
  if (tags.length === to.tags.length) return []
  await desk.connection.query({
    name: 'unite-tags',
    text: 'update tickets set tags = $2 where id = $1',
    values: [uuidOf(to.id), tags],
  })
  return [{ type: 'ticket.changed', data: { fields: ['tags'], tags } }]
}

/** Everyone on the merged ticket is on the survivor, its requester as one of the requesters. */
async function bringPeople(desk: Desk, id: Id<'cor'>, from: LockedTicket, to: LockedTicket): Promise<void> {
  await desk.connection.query({
    name: 'bring-people',
    text: `insert into ticket_participants (ticket_id, email, contact_id, kind, correction_id)
      select $2, email, contact_id, kind, $3 from ticket_participants where ticket_id = $1
      on conflict (ticket_id, email) do update set kind = excluded.kind, contact_id = excluded.contact_id
        where ticket_participants.correction_id = $3`,
    values: [uuidOf(from.id), uuidOf(to.id), uuidOf(id)],
  })
}
