import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { teamSignature } from '#modules/team/index.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import { addressesOf, ownMailboxes } from '../own-addresses.ts'
import { record, type RecordedTicket } from '../record.ts'
import { heldBack } from '../rules/address-state.ts'
import { guardAutomaticMail } from '../rules/loop-guard.ts'
import { makeMessageId } from '../rules/message-id.ts'
import { insertDelivery } from '../store/deliveries.ts'
import { addressStates } from '../store/mail-addresses.ts'
import { insertMessage } from '../store/messages.ts'
import { fromNameOf } from '../store/senders.ts'

export type AutomaticMail = {
  to: { email: string; name: string | null }
  subject: string
  text: string
  /** The message it answers; its Message-ID goes into In-Reply-To. */
  answers?: { id: Id<'msg'>; providerId: string | null; mayAnswer: boolean; returnPath: string | undefined } | undefined
  /** Stands in the mail where the text says `hiddenSecret`, and nowhere else. */
  secret?: string | undefined
  /** Somebody waits for it, such as a code: it goes out to an address that wants no automatic mail. */
  asked?: boolean
  sourceId: Id<'box'> | null
  teamId: Id<'tea'>
}

/** What the ticket shows in place of a secret. */
export const hiddenSecret = '••••••'

export const autoMailLimits = { perAddressPerHour: 5, perTicketPerHour: 5 }

/**
 * Writes a mail that no person wrote into a ticket and queues it, unless the loop guard holds it back; then it answers
 * with the reason and nothing is written. Runs in the caller's transaction.
 */
export async function sendAutomaticMail(
  desk: Desk,
  ticket: RecordedTicket,
  mail: AutomaticMail,
): Promise<{ sent: Id<'msg'> } | { sent: null; code: string }> {
  const mailboxes = await ownMailboxes(desk)
  const from = mailboxes.find((mailbox) => mailbox.id === mail.sourceId) ?? mailboxes.find((mailbox) => mailbox.enabled)
  if (!from) return { sent: null, code: 'no_mailbox' }
  const guard = guardAutomaticMail({
    to: mail.to.email,
    ownAddresses: addressesOf(mailboxes),
    ...(mail.answers
      ? {
          answers: {
            mayAnswer: mail.answers.mayAnswer,
            reason: 'The mail was not written by a person.',
            returnPath: mail.answers.returnPath,
          },
        }
      : {}),
    ...(await mailsLately(desk, mail.to.email, ticket.id)),
    limits: autoMailLimits,
  })
  if (!guard.send) return { sent: null, code: guard.code }
  const held = heldBack((await addressStates(desk, [mail.to.email])).get(mail.to.email.toLowerCase()))
  if (held.held && !(mail.asked && held.code === 'unsubscribed')) return { sent: null, code: held.code }
  const messageId = newId('msg', desk.now())
  const domain = from.address.split('@').at(-1) ?? 'localhost'
  const answered = mail.answers?.providerId ?? null
  await insertMessage(desk, {
    id: messageId,
    ticketId: ticket.id,
    kind: 'auto',
    channel: 'email',
    sourceId: from.id,
    author: { kind: 'system', id: null, name: from.name },
    from: { email: from.address, name: await fromNameOf(desk, from) },
    to: [mail.to],
    cc: [],
    text: mail.text,
    parts: null,
    html: null,
    remoteImages: 0,
    providerId: makeMessageId({
      ticketId: uuidOf(ticket.id),
      messageId: uuidOf(messageId),
      domain,
      sign: mailSign(desk),
    }),
    inReplyTo: answered,
    references: answered ? [answered] : [],
    threading: null,
    flags: [],
    attachmentCount: 0,
  })
  await insertDelivery(desk, {
    messageId,
    ticketId: ticket.id,
    state: 'queued',
    leavesAt: null,
    autoSubmitted: mail.answers ? 'auto-replied' : 'auto-generated',
    subject: mail.subject,
    signature: await teamSignature(desk, mail.teamId),
    quotedId: null,
    ratingId: null,
    statusAfter: null,
    secret: mail.secret && desk.secrets.encrypt(mail.secret),
    // What somebody waits for cannot be declined.
    mayDecline: !mail.asked && mail.secret === undefined,
  })
  await desk.connection.query({
    name: 'note-auto-mail',
    text: 'insert into auto_mails (message_id, email, sent_at) values ($1, $2, $3)',
    values: [uuidOf(messageId), mail.to.email.toLowerCase(), desk.now().toString()],
  })
  await record(desk, ticket, [{ type: 'message.sent', data: { messageId, kind: 'auto', authorId: null } }])
  await desk.enqueue({ name: 'inbox.deliver', payload: { messageId }, key: `deliver:${messageId}` })
  return { sent: messageId }
}

/** Automatic mails of the last hour to an address, and of those the ones of this ticket. */
export async function mailsLately(
  desk: Desk,
  email: string,
  ticketId: Id<'tkt'>,
): Promise<{ sentToAddress: number; sentOnTicket: number }> {
  const { rows } = await desk.connection.query<{ to_address: number; on_ticket: number }>({
    name: 'auto-mails-lately',
    text: `select count(*) as to_address, count(*) filter (where m.ticket_id = $3) as on_ticket
      from auto_mails a left join messages m on m.id = a.message_id where a.email = $1 and a.sent_at > $2`,
    values: [email.toLowerCase(), desk.now().subtract({ hours: 1 }).toString(), uuidOf(ticketId)],
  })
  return { sentToAddress: rows[0]?.to_address ?? 0, sentOnTicket: rows[0]?.on_ticket ?? 0 }
}
