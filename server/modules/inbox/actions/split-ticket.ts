import type { splitTicket as endpoint } from '#contract/corrections.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContact } from '#modules/customers/index.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { choose, isLeaving, messagesIn, type ChosenMessage } from '../correcting/chosen-messages.ts'
import { lockTickets, requireVersion, standingOf } from '../correcting/lock-tickets.ts'
import { peopleOfMessages } from '../correcting/people-of-messages.ts'
import { settleProposals } from '../correcting/settle-proposals.ts'
import { planMove, statusAfterGiven } from '../correcting/plan-move.ts'
import { showLast } from '../correcting/show-last.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { record, type Happening } from '../record.ts'
import { whyNotTaken } from '../rules/correction.ts'
import { insertCorrection } from '../store/corrections.ts'
import { moveMessageRows } from '../store/move-messages.ts'
import { addParticipants, insertTicket, linkTickets, lockTicket, type LockedTicket } from '../store/tickets.ts'
import { assignTicket } from './assign-ticket.ts'
import { changeStatus } from './change-status.ts'
import { settleAttention } from './settle-attention.ts'

/**
 * Takes messages out of a ticket into a new one of the same mailbox, team, owner and priority. Its requester is who wrote
 * the first of them; both tickets link to each other.
 */
export async function splitTicket(desk: Desk, ticketId: Id<'tkt'>, input: BodyOf<typeof endpoint>): Promise<Id<'cor'>> {
  return desk.transaction(async (tx) => {
    const from = (await lockTickets(tx, [ticketId])).get(ticketId) as LockedTicket
    requireVersion(from, input.version)
    const all = await messagesIn(tx, ticketId)
    const chosen = choose(all, input.messageIds)
    const refusal = whyNotTaken({
      from: await standingOf(tx, from),
      chosen: chosen.length,
      all: all.length,
      leaving: isLeaving(chosen),
    })
    if (refusal) throw new DeskError('conflict', refusal)
    const correctionId = newId('cor', tx.now())
    const messageIds = chosen.map(({ id }) => id)
    const plan = await planMove(tx, from, null, messageIds)
    const { to, created } = await makeTicket(tx, from, chosen, input.subject)
    await moveMessageRows(tx, messageIds, to.id)
    const split = await record(tx, from, [
      { type: 'ticket.split', data: { correctionId, into: to.id, messageIds, owing: plan.left } },
    ])
    const moved = { correctionId, from: from.id, messages: plan.messages, owing: { ...plan.got, carries: null } }
    const given: Happening[] = [created, { type: 'messages.moved', data: moved }]
    const status = statusAfterGiven(to, plan)
    const changes = status ? await changeStatus(tx, to, status, 'corrected') : []
    const opened = await record(tx, to, [...given, ...changes])
    await assignTicket(tx, to, from.assigneeId)
    await settleProposals(tx, messageIds, 'split')
    await showLast(tx, from.id)
    await showLast(tx, to.id)
    await settleAttention(tx, from.id)
    await settleAttention(tx, to.id)
    const undo = { messageIds, events: { [from.id]: split, [to.id]: opened.slice(1) } }
    await insertCorrection(tx, { id: correctionId, kind: 'split', ticketId: from.id, otherId: to.id, undo })
    return correctionId
  })
}

async function makeTicket(
  desk: Desk,
  from: LockedTicket,
  chosen: readonly ChosenMessage[],
  subject: string | undefined,
): Promise<{ to: LockedTicket; created: Happening }> {
  const asked = chosen.find(({ kind, machine }) => kind === 'inbound' && !machine)
  const author = asked?.authorId?.startsWith('con_') ? (asked.authorId as Id<'con'>) : from.contactId
  const contact = await readContact(desk, author)
  const direction = asked ? ('inbound' as const) : ('outbound' as const)
  const { id } = await insertTicket(desk, {
    subject: subject ?? (asked?.subject?.slice(0, 500) || from.subject),
    segment: contact.segment,
    channel: 'email',
    sourceId: from.sourceId,
    requesterId: author,
    accountId: contact.account?.id ?? null,
    teamId: from.teamId,
    status: asked ? 'new' : 'open',
    priority: from.priority,
    tags: [],
    preview: '',
    lastAuthor: asked ? 'contact' : 'agent',
  })
  const own = (await ownMailboxes(desk)).map(({ address }) => address)
  const people = peopleOfMessages(chosen, own, author)
  const requester = contact.email && !people.some(({ kind }) => kind === 'requester')
  if (requester && contact.email) people.unshift({ email: contact.email, contactId: author, kind: 'requester' })
  await addParticipants(desk, id, people)
  await linkTickets(desk, id, from.id, 'split')
  const { segment } = contact
  const { priority, teamId } = from
  const data = { direction, channel: 'email', segment, priority, teamId, split: true }
  return { to: await lockTicket(desk, id), created: { type: 'ticket.created', data } }
}
