import { simpleParser, type AddressObject, type Attachment, type ParsedMail as Parsed } from 'mailparser'
import type { StoredMail } from './mailbox.ts'

export type MailAddress = { address: string; name: string }

export type ParsedMail = {
  id: string
  direction: StoredMail['direction']
  /** RFC 3339; when the world received or sent it, on the emulators' clock. */
  at: string
  envelope: StoredMail['envelope']
  outcome: StoredMail['outcome']
  size: number
  subject: string
  from: MailAddress | null
  replyTo: MailAddress | null
  to: MailAddress[]
  cc: MailAddress[]
  date: string | null
  messageId: string
  inReplyTo: string | null
  references: string[]
  text: string
  html: string | null
  /** The Auto-Submitted header. */
  autoSubmitted: string | null
  /** Every header line as it came, unfolded, in order. */
  headers: { name: string; value: string }[]
  attachments: { name: string; type: string; size: number; url: string }[]
  rawUrl: string
}

const cache = new WeakMap<StoredMail, Promise<{ view: ParsedMail; attachments: Attachment[] }>>()

export async function parseMail(mail: StoredMail): Promise<ParsedMail> {
  return (await parse(mail)).view
}

export async function attachmentOf(mail: StoredMail, index: number): Promise<Attachment | undefined> {
  return (await parse(mail)).attachments[index]
}

function parse(mail: StoredMail) {
  let parsed = cache.get(mail)
  if (!parsed) cache.set(mail, (parsed = read(mail)))
  return parsed
}

async function read(mail: StoredMail) {
  const raw = Buffer.from(mail.base64, 'base64')
  try {
    const parsed = await simpleParser(raw, { skipTextToHtml: true })
    return { view: view(mail, parsed), attachments: parsed.attachments }
  } catch (error) {
    // Whatever came must stay readable: a message no parser takes is shown as its bytes.
    const empty: Parsed = { attachments: [], headers: new Map(), headerLines: [], html: false }
    const text = `(This message could not be parsed: ${String(error)})\n\n${raw.toString('latin1').slice(0, 20_000)}`
    return { view: { ...view(mail, empty), text }, attachments: [] }
  }
}

function view(mail: StoredMail, parsed: Parsed): ParsedMail {
  const headers = parsed.headerLines.map(({ line }) => {
    const colon = line.indexOf(':')
    return {
      name: line.slice(0, colon),
      value: line
        .slice(colon + 1)
        .replace(/\r?\n\s*/g, ' ')
        .trim(),
    }
  })
  const header = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? null
  const path = `/control/mail/messages/${mail.id}`
  return {
    id: mail.id,
    direction: mail.direction,
    at: new Date(mail.at).toISOString(),
    envelope: mail.envelope,
    outcome: mail.outcome,
    size: mail.size,
    subject: parsed.subject ?? '',
    from: addresses(parsed.from)[0] ?? null,
    replyTo: addresses(parsed.replyTo)[0] ?? null,
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    date: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date.toISOString() : null,
    messageId: mail.messageId,
    inReplyTo: header('in-reply-to'),
    references: [parsed.references ?? []].flat(),
    text: parsed.text ?? '',
    html: parsed.html || null,
    autoSubmitted: header('auto-submitted'),
    headers,
    attachments: parsed.attachments.map(({ filename, contentType, size }, index) => ({
      name: filename ?? `attachment-${index + 1}`,
      type: contentType,
      size,
      url: `${path}/attachments/${index}`,
    })),
    rawUrl: `${path}/raw`,
  }
}

function addresses(field: AddressObject | AddressObject[] | undefined): MailAddress[] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) =>
      value.flatMap((one) => (one.group ?? [one]).flatMap(({ address, name }) => (address ? [{ address, name }] : []))),
    )
}
