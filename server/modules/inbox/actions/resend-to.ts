import type { BodyOf } from '#contract/endpoint.ts'
import type { resendTo as endpoint } from '#contract/deliveries.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { isOurs } from '../rules/address.ts'
import { copyAttachments } from '../store/forwardable.ts'
import { addParticipants, lockTicket } from '../store/tickets.ts'
import type { MessagePart, StoredAddress } from '../tables.ts'
import { readMessage } from '../views/list-messages.ts'
import { askBeforeSending, recordSentAnyway } from './ask-before-sending.ts'
import { scheduleMail } from './schedule-mail.ts'

type Row = {
  source_id: string | null
  text: string
  html: string | null
  parts: MessagePart[] | null
  in_reply_to: string | null
  references: string[]
  subject: string
  signature: string
  quoted_id: string | null
  state: string
}

/**
 * Sends what a reply says to other recipients, as when its address was wrong: a mail of its own with its own Message-ID,
 * because those who have the first must not take it for the same. The first stays as it is, and what the others
 * answer comes into the ticket.
 */
export async function resendTo(desk: Desk, messageId: Id<'msg'>, input: BodyOf<typeof endpoint>): Promise<Id<'msg'>> {
  return desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    const ticket = await lockTicket(tx, message.ticketId)
    const { rows } = await tx.connection.query<Row>(
      `select m.source_id, m.text, m.html, m.parts, m.in_reply_to, m."references", d.subject, d.signature, d.quoted_id, d.state
       from messages m join deliveries d on d.message_id = m.id where m.id = $1 and m.kind = 'reply'`,
      [uuidOf(messageId)],
    )
    const first = rows[0]
    if (!first || ['scheduled', 'cancelled'].includes(first.state))
      throw new DeskError('conflict', 'Only a reply that has left can be sent to others.')
    const mailboxes = await ownMailboxes(tx)
    const to = input.to.map(stored)
    const cc = (input.cc ?? []).map(stored)
    const own = mailboxes.map(({ address }) => address)
    const mine = [...to, ...cc].find(({ email }) => isOurs(email, own))
    if (mine) throw new DeskError('invalid_request', `body.to: ${mine.email} is a mailbox of this desk.`)
    const mailbox =
      mailboxes.find(({ id }) => first.source_id && id === idOf('box', first.source_id)) ??
      mailboxes.find(({ enabled }) => enabled)
    if (!mailbox) throw new DeskError('conflict', 'No mailbox is switched on to send this from.')
    const isForward = message.flags.includes('forward')
    const doubtful = await askBeforeSending(tx, [...to, ...cc], input.sendAnyway ?? false)
    return scheduleMail(
      tx,
      ticket,
      {
        flag: isForward ? 'forward' : 'resend',
        mailbox,
        to,
        cc,
        text: first.text,
        html: first.html,
        parts: first.parts,
        subject: first.subject,
        signature: first.signature,
        quotedId: first.quoted_id ? idOf('msg', first.quoted_id) : null,
        inReplyTo: first.in_reply_to,
        references: first.references,
        resendOf: messageId,
      },
      async (copy) => {
        await copyAttachments(tx, [messageId], { ticketId: ticket.id, messageId: copy })
        await recordSentAnyway(tx, ticket, copy, doubtful)
        // Whoever gets a broadcast becomes no part of the ticket it left from.
        if (message.flags.includes('broadcast')) return
        const kind = isForward ? ('invited' as const) : ('cc' as const)
        const people = [...to, ...cc].map(({ email }) => ({ email, contactId: null, kind }))
        await addParticipants(tx, ticket.id, people)
      },
    )
  })
}

function stored(address: { email: string; name?: string | null | undefined }): StoredAddress {
  return { email: address.email, name: address.name ?? null }
}
