import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import type { QuotedMessage, SmtpServer } from '../ports.ts'
import { bounceAddress } from '../rules/bounce-address.ts'
import { makeReplyAddress } from '../rules/message-id.ts'
import { ratingBlock } from '../rules/rating-block.ts'
import { readSender, smtpServerOf } from '../store/senders.ts'
import type { StoredAddress } from '../tables.ts'
import { unsubscribeUrl } from '../unsubscribe/url.ts'
import { hiddenSecret } from './send-automatic-mail.ts'
import { ratingToken } from './ask-for-rating.ts'

export type ComposedDelivery = {
  raw: Uint8Array
  /** The envelope's, which what comes back is sent to. */
  from: string
  recipients: string[]
  /** Another than the desk's. */
  server?: SmtpServer
}

type Row = {
  source_id: string | null
  signers: { domain: string; selector: string; algorithm: 'rsa' | 'ed25519'; privateKey: string }[] | null
  ticket_id: string
  provider_id: string
  in_reply_to: string | null
  references: string[]
  from_address: StoredAddress
  to_addresses: StoredAddress[]
  cc_addresses: StoredAddress[]
  text: string
  html: string | null
  created_at: Temporal.Instant
  secret: string | null
  subject: string
  signature: string
  auto_submitted: 'auto-replied' | 'auto-generated' | null
  rating_id: string | null
  may_decline: boolean
  plus_reply: boolean
  quoted_text: string | null
  quoted_html: string | null
  quoted_author: string | null
  quoted_at: Temporal.Instant | null
  files: { name: string; type: string; hash: string }[] | null
}

const facts = `select m.source_id, m.ticket_id, m.provider_id, m.in_reply_to, m."references", m.from_address, m.to_addresses, m.cc_addresses,
    m.text, m.html, m.created_at, d.secret, d.subject, d.signature, d.auto_submitted, d.rating_id, d.may_decline, d.plus_reply,
    q.text as quoted_text, q.html as quoted_html, q.author_name as quoted_author, q.created_at as quoted_at,
    (select json_agg(json_build_object('name', a.name, 'type', a.type, 'hash', a.hash) order by a.created_at, a.id)
       from attachments a where a.message_id = m.id) as files,
    (select json_agg(json_build_object('domain', k.domain, 'selector', k.selector, 'algorithm', k.algorithm,
         'privateKey', k.private_key) order by k.selector)
       from dkim_keys k where d.dkim <> '{}' and k.selector = any(d.dkim)
         and k.domain = lower(split_part(m.from_address ->> 'email', '@', 2))) as signers
  from deliveries d join messages m on m.id = d.message_id left join messages q on q.id = d.quoted_id
  where d.message_id = $1 and m.kind in ('reply', 'auto')`

/**
 * The bytes of a mail that is to leave, from what was fixed when it was written: the same bytes under the same Message-ID
 * however often it is tried. A note is refused.
 */
export async function composeDelivery(desk: Desk, messageId: Id<'msg'>): Promise<ComposedDelivery> {
  const { rows } = await desk.connection.query<Row>({
    name: 'delivery-facts',
    text: facts,
    values: [uuidOf(messageId)],
  })
  const row = rows[0]
  if (!row) throw new Error(`${messageId} is not a message that may leave`)
  const bodies = bodiesOf(desk, row)
  // The address in the link is the one that declines: with two recipients it would be somebody else's.
  const only = row.to_addresses.length + row.cc_addresses.length === 1 ? row.to_addresses[0] : undefined
  const raw = await desk.ports.mail.compose({
    messageId: row.provider_id,
    date: row.created_at.toString(),
    from: asMail(row.from_address),
    ...replyAddressOf(desk, row),
    to: row.to_addresses.map(asMail),
    cc: row.cc_addresses.map(asMail),
    subject: row.subject,
    text: bodies.text,
    html: desk.ports.mail.letter(bodies.html, bodies.text),
    references: row.references,
    attachments: await Promise.all(
      (row.files ?? []).map(async ({ name, type, hash }) => ({ name, type, content: await desk.blobs.get(hash) })),
    ),
    signWith: (row.signers ?? []).map((key) => ({ ...key, privateKey: desk.secrets.decrypt(key.privateKey) })),
    ...(row.may_decline && only ? { listUnsubscribe: unsubscribeUrl(desk, only.email) } : {}),
    ...(row.in_reply_to ? { inReplyTo: row.in_reply_to } : {}),
    ...(row.auto_submitted ? { autoSubmitted: row.auto_submitted } : {}),
  })
  const recipients = [...row.to_addresses, ...row.cc_addresses].map(({ email }) => email)
  return { raw, recipients: [...new Set(recipients)], ...(await senderOf(desk, messageId, row)) }
}

/** Where a client that rewrites our ids may still answer to; only where such addresses were seen to come back. */
function replyAddressOf(desk: Desk, row: Row) {
  if (!row.plus_reply) return {}
  const { email, name } = row.from_address
  const address = makeReplyAddress({ mailbox: email, ticketId: row.ticket_id, sign: mailSign(desk) })
  return { replyTo: { address, name: name ?? '' } }
}

/** Mail programs cut a mail off at 102 kB of HTML; below it the history gives way to what was written. */
const heaviest = 96_000
const quotedAtMost = 10_000

function bodiesOf(desk: Desk, row: Row): { text: string; html: string } {
  const { quoted, ...written } = {
    body: row.html === null ? { text: revealed(desk, row) } : { html: row.html },
    signature: row.signature,
    ...(row.rating_id ? { below: ratingBlock(ratingUrl(desk, idOf('rat', row.rating_id))) } : {}),
    ...quotedOf(row),
  }
  const whole = desk.ports.mail.replyBodies({ ...written, ...(quoted ? { quoted } : {}) })
  if (!quoted || Buffer.byteLength(whole.html) <= heaviest) return whole
  const text = quoted.text.length > quotedAtMost ? `${quoted.text.slice(0, quotedAtMost)}\n[…]` : quoted.text
  return desk.ports.mail.replyBodies({ ...written, quoted: { ...quoted, text, html: null } })
}

/** Who hands it over and where it would come back to: no part of its bytes, so a mended sender helps what waits. */
async function senderOf(
  desk: Desk,
  messageId: Id<'msg'>,
  { source_id: source, from_address: { email } }: Row,
): Promise<Pick<ComposedDelivery, 'from' | 'server'>> {
  if (!source) return { from: email }
  const sender = await readSender(desk, idOf('box', source))
  const server = smtpServerOf(desk, sender)
  const { bounceDomain, plusWorks } = sender
  const returns =
    bounceDomain || plusWorks
      ? bounceAddress({ mailbox: email, messageId: uuidOf(messageId), bounceDomain, sign: mailSign(desk) })
      : null
  return { from: returns ?? email, ...(server ? { server } : {}) }
}

function quotedOf(row: Row): { quoted?: QuotedMessage } {
  if (row.quoted_text === null || !row.quoted_at) return {}
  const author = row.quoted_author ?? ''
  return { quoted: { text: row.quoted_text, html: row.quoted_html, author, date: row.quoted_at.toString() } }
}

/** The text with its secret back in place; only the mail itself has it. */
function revealed(desk: Desk, { text, secret }: Row): string {
  return secret === null ? text : text.replace(hiddenSecret, desk.secrets.decrypt(secret))
}

function ratingUrl(desk: Desk, id: Id<'rat'>): string {
  return `${desk.publicUrl}/rate/${ratingToken(desk, id)}`
}

function asMail({ email, name }: StoredAddress): { address: string; name: string } {
  return { address: email, name: name ?? '' }
}
