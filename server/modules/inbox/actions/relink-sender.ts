import type { relinkSender as endpoint } from '#contract/corrections.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { findOrMakeContact, moveIdentity, readContact } from '#modules/customers/index.ts'
import { DeskError } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { messagesIn } from '../correcting/chosen-messages.ts'
import { lockTickets, requireVersion, standingOf } from '../correcting/lock-tickets.ts'
import { addressOf, setSender } from '../correcting/set-sender.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { record } from '../record.ts'
import { isOurs } from '../rules/address.ts'
import { whyNotRelinked } from '../rules/correction.ts'
import { insertCorrection } from '../store/corrections.ts'
import { addParticipants, type LockedTicket } from '../store/tickets.ts'

type Input = BodyOf<typeof endpoint>

/**
 * Says who really wrote: the requester and the author of their messages become another contact. With `futureMails` the
 * address they wrote from goes to that contact as well, unverified.
 */
export async function relinkSender(desk: Desk, ticketId: Id<'tkt'>, input: Input): Promise<Id<'cor'>> {
  if ((input.contactId === undefined) === (input.email === undefined))
    throw new DeskError('invalid_request', 'body: give either contactId or email.')
  return desk.transaction(async (tx) => {
    const ticket = (await lockTickets(tx, [ticketId])).get(ticketId) as LockedTicket
    requireVersion(ticket, input.version)
    const contact = await readContact(tx, input.contactId ?? (await contactOfEmail(tx, input)))
    const refusal = whyNotRelinked({ from: await standingOf(tx, ticket), same: contact.id === ticket.contactId })
    if (refusal) throw new DeskError('conflict', refusal)
    const before = await readContact(tx, ticket.contactId)
    const theirs = (await messagesIn(tx, ticketId)).filter(
      ({ kind, authorId }) => kind === 'inbound' && authorId === ticket.contactId,
    )
    const messageIds = theirs.map(({ id }) => id)
    const id = newId('cor', tx.now())
    const was = { accountId: ticket.accountId, segment: await segmentOf(tx, ticketId) }
    const accountId = contact.account?.id ?? null
    await setSender(tx, ticket, { id: contact.id, accountId, segment: contact.segment }, messageIds)
    if (contact.email)
      await addParticipants(tx, ticketId, [{ email: contact.email, contactId: contact.id, kind: 'requester' }], id)
    const address = input.futureMails ? await addressOf(tx, messageIds) : null
    const identity = address ? await moveIdentity(tx, address, before.id, contact.id) : null
    const data = { correctionId: id, from: before.id, to: contact.id, messageIds, future: identity !== null }
    const events = await record(tx, ticket, [{ type: 'ticket.sender_relinked', data }])
    const authorNames = Object.fromEntries(theirs.map((message) => [message.id, message.authorName]))
    const sender = { from: before.id, to: contact.id, ...was, identity, authorNames }
    const undo = { messageIds, events: { [ticketId]: events }, sender }
    await insertCorrection(tx, { id, kind: 'sender', ticketId, otherId: null, undo })
    return id
  })
}

async function contactOfEmail(desk: Desk, { email = '', name }: Input): Promise<Id<'con'>> {
  const own = (await ownMailboxes(desk)).map(({ address }) => address)
  if (isOurs(email, own)) throw new DeskError('invalid_request', 'body.email: that is one of our own addresses.')
  return (await findOrMakeContact(desk, { email, name: name ?? null })).id
}

async function segmentOf(desk: Desk, ticketId: Id<'tkt'>): Promise<'consumer' | 'enterprise'> {
  const { rows } = await desk.connection.query<{ segment: 'consumer' | 'enterprise' }>({
    name: 'segment-of-ticket',
    text: 'select segment from tickets where id = $1',
    values: [uuidOf(ticketId)],
  })
  return rows[0]?.segment ?? 'consumer'
}
