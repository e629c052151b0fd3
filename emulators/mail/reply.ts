import * as z from 'zod'
import type { NewMail } from './compose.ts'
import type { ParsedMail } from './parsed-mail.ts'

export const NewReply = z.strictObject({
  /** Our id of the stored message, or its Message-ID. */
  messageId: z.string().min(1).max(1000),
  /** Who answers; without it the first recipient of the message. */
  from: z.string().min(1).max(320).optional(),
  fromName: z.string().max(500).optional(),
  text: z.string(),
  /** Quote the message below the answer, as Gmail does; on unless switched off. */
  quote: z.boolean().default(true),
  /** Also answer those in To and Cc. */
  all: z.boolean().default(false),
  attachments: z
    .array(z.strictObject({ name: z.string().max(500), type: z.string().max(200).optional(), base64: z.base64() }))
    .max(50)
    .optional(),
  headers: z.record(z.string(), z.string()).optional(),
})
export type NewReply = z.infer<typeof NewReply>

/** The answer a mail program would write: to Reply-To, in the thread, with the history quoted in Gmail's form. */
export function composeReply(reply: NewReply, original: ParsedMail): NewMail {
  const from = reply.from ?? original.envelope.to[0] ?? 'someone@localhost'
  const to = original.replyTo ?? original.from
  const others = [...original.to, ...original.cc].map(({ address }) => address)
  return {
    from,
    fromName: reply.fromName ?? named(original, from),
    to: to?.address ?? original.envelope.from,
    cc: reply.all ? others.filter((address) => address !== from && address !== to?.address) : undefined,
    subject: /^re:/i.test(original.subject) ? original.subject : `Re: ${original.subject}`,
    text: reply.quote ? `${reply.text}\n\n${attribution(original)}\n\n${quoted(original.text)}\n` : reply.text,
    html: reply.quote ? quotedHtml(reply.text, original) : `<div dir="ltr">${lines(reply.text)}</div>`,
    inReplyTo: original.messageId || undefined,
    references: original.messageId ? [...original.references, original.messageId] : undefined,
    attachments: reply.attachments,
    headers: reply.headers,
  }
}

function named(original: ParsedMail, address: string): string | undefined {
  const same = [...original.to, ...original.cc].find((one) => one.address.toLowerCase() === address.toLowerCase())
  return same?.name && same.name !== same.address ? same.name : undefined
}

function attribution({ date, at, from }: ParsedMail): string {
  const when = new Date(date ?? at).toLocaleString('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  const name = from?.name ? `${from.name} ` : ''
  return `On ${when.replace(/, (?=\d+:)/, ' at ')} ${name}<${from?.address ?? 'unknown'}> wrote:`
}

function quoted(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')
}

function quotedHtml(text: string, original: ParsedMail): string {
  const inner = original.html ?? lines(original.text)
  return (
    `<div dir="ltr">${lines(text)}</div><br>` +
    `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escape(attribution(original))}<br></div>` +
    '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">' +
    `${inner}</blockquote></div>`
  )
}

function lines(text: string): string {
  return escape(text).replaceAll('\n', '<br>')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
