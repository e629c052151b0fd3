import type { BodyOf } from '#contract/endpoint.ts'
import type { forwardMessages as endpoint } from '#contract/deliveries.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { replyDefaults } from '../reply-recipients.ts'
import { isOurs } from '../rules/address.ts'
import { forwardBlock } from '../rules/forward-block.ts'
import { copyAttachments, forwardableMessages, requesterAmong, type ForwardableMessage } from '../store/forwardable.ts'
import { addParticipants, lockTicket } from '../store/tickets.ts'
import type { StoredAddress } from '../tables.ts'
import { requireVisible } from '../views/read-ticket.ts'
import { askBeforeSending, recordSentAnyway } from './ask-before-sending.ts'
import { scheduleMail } from './schedule-mail.ts'

const mostText = 2_000_000
const mostBytes = 20 * 1024 * 1024

/**
 * Shows mails of a ticket to a third party, with a note. It begins a thread of its own, and what they answer finds this
 * ticket because they are invited to it; it is never quoted to the customer.
 */
export async function forwardMessages(
  desk: Desk,
  ticketId: Id<'tkt'>,
  input: BodyOf<typeof endpoint>,
): Promise<Id<'msg'>> {
  const note = noteOf(desk, input)
  return desk.transaction(async (tx) => {
    await requireVisible(tx, ticketId)
    const ticket = await lockTicket(tx, ticketId)
    const { mailbox, signature } = await replyDefaults(tx, ticketId)
    if (!mailbox) throw new DeskError('conflict', 'No mailbox is switched on to send this from.')
    const to = input.to.map(stored)
    const cc = (input.cc ?? []).map(stored)
    await refuseOurOwn(tx, ticketId, [...to, ...cc])
    const doubtful = await askBeforeSending(tx, [...to, ...cc], input.sendAnyway ?? false)
    const mails = await forwardableMessages(tx, ticketId, input.messageIds ?? null)
    if (mails.length === 0 || (input.messageIds && mails.length !== new Set(input.messageIds).size))
      throw new DeskError(
        'invalid_request',
        'body.messageIds: only mails of this ticket can be forwarded, never notes.',
      )
    const blocks = mails.map((mail) => forwardBlock(asForwarded(mail, ticket.subject)))
    const own = signature.trim() === '' ? '' : `-- \n${signature.trim()}`
    const lead = [note.text.trim(), own].filter((part) => part !== '').join('\n\n')
    const quoted = blocks.map(({ text }) => text).join('\n\n')
    const text = `${lead === '' ? '' : `${lead}\n\n`}${quoted}`
    const bodies = tx.ports.mail.replyBodies({
      body: note.html === null ? { text: note.text } : { html: note.html },
      signature,
    })
    const html = [bodies.html, ...blocks.map((block) => block.html)].join('\n<br>\n')
    if (text.length + html.length > mostText)
      throw new DeskError('too_large', 'body.messageIds: these mails are too long to be forwarded together.')
    return scheduleMail(
      tx,
      ticket,
      {
        flag: 'forward',
        mailbox,
        to,
        cc,
        text,
        html,
        parts: [
          { kind: 'reply', length: text.length - quoted.length },
          { kind: 'quote', length: quoted.length },
        ],
        subject: `Fwd: ${ticket.subject.replace(/^\s*(fwd?\s*:\s*)+/i, '')}`,
        signature: '',
        inReplyTo: null,
        references: [],
      },
      async (messageId) => {
        const people = [...to, ...cc].map(({ email }) => ({ email, contactId: null, kind: 'invited' as const }))
        await addParticipants(tx, ticketId, people)
        await recordSentAnyway(tx, ticket, messageId, doubtful)
        if (input.attachments === false) return
        const from = mails.map(({ id }) => id)
        const { bytes } = await copyAttachments(tx, from, { ticketId, messageId })
        if (bytes > mostBytes)
          throw new DeskError('too_large', 'body.attachments: the files are over 20 MB together; forward fewer mails.')
      },
    )
  })
}

function noteOf(desk: Desk, { text, html }: BodyOf<typeof endpoint>): { text: string; html: string | null } {
  if (text !== undefined && html !== undefined)
    throw new DeskError('invalid_request', 'body: give either text or html.')
  if (html === undefined) return { text: text ?? '', html: null }
  const clean = desk.ports.mail.sanitise(html, { attachmentUrl: () => undefined }).html
  if (clean === null) throw new DeskError('too_large', 'body.html: is too large to be sent; attach it as a file.')
  return { text: desk.ports.mail.textOfHtml(clean), html: clean }
}

/** A forward to the customer would be an answer that no clock hears of; one to ourselves a loop. */
async function refuseOurOwn(desk: Desk, ticketId: Id<'tkt'>, people: readonly StoredAddress[]): Promise<void> {
  const own = (await ownMailboxes(desk)).map(({ address }) => address)
  const mine = people.find(({ email }) => isOurs(email, own))
  if (mine) throw new DeskError('invalid_request', `body.to: ${mine.email} is a mailbox of this desk.`)
  const customer = await requesterAmong(desk, ticketId, people)
  if (customer) throw new DeskError('invalid_request', `body.to: ${customer} is this ticket’s customer; reply instead.`)
}

function asForwarded(mail: ForwardableMessage, subject: string) {
  const written = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return {
    from: mail.from ? named(mail.from) : mail.authorName,
    to: mail.to.map(named),
    cc: mail.cc.map(named),
    date: `${written.format(mail.createdAt.epochMilliseconds)} (UTC)`,
    subject,
    text: mail.text,
    html: mail.html,
  }
}

function named({ email, name }: StoredAddress): string {
  return name && name !== email ? `${name} <${email}>` : email
}

function stored(address: { email: string; name?: string | null | undefined }): StoredAddress {
  return { email: address.email, name: address.name ?? null }
}
