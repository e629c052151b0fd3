import type { Email } from 'postal-mime'
import {
  answersSomething,
  maskCards,
  splitReply,
  type Envelope,
  type InboundAttachment,
  type InboundMessage,
} from '#modules/inbox/ports.ts'
import { mailbox, mailboxes, messageIdsIn } from './addresses.ts'
import { nameOfMail } from './attached-mail.ts'
import { readCalendar } from './calendar.ts'
import { fileName } from './file-name.ts'
import { mailLimits } from './limits.ts'
import { readReport, readReportParts } from './report.ts'
import { bytes, ruleHeaders } from './rule-headers.ts'
import { showHtml } from './show-html.ts'
import { cleanLine, cleanText, textOfHtml } from './text.ts'

/** What the inbox wants to know of a mail that has been taken apart. Throws with a sentence when it is over a limit. */
export function describeMail(mail: Email, raw: Uint8Array, envelope: Envelope): InboundMessage {
  if (mail.attachments.length > mailLimits.maxAttachments)
    throw new Error(`more than ${mailLimits.maxAttachments} attachments`)
  const warnings: string[] = []
  const html = body(mail.html, mailLimits.maxHtmlChars, 'HTML', warnings)
  const written = body(mail.text, mailLimits.maxTextChars, 'text', warnings)
  const textFromHtml = (written ?? '').trim() === '' && html !== undefined
  const read = textFromHtml ? cleanText(textOfHtml(html)).slice(0, mailLimits.maxTextChars) : (written ?? '')
  const text = maskCards(read)
  const subject = maskCards(cleanLine(mail.subject ?? '').slice(0, 998))
  const attachments = mail.attachments.map((part, index) => attachment(part, index, html))
  const names = attachments.map(({ name }) => maskCards(name))
  const sender = mail.from?.group?.[0] ?? mail.from
  const from = mailbox(
    sender?.address
      ? sender
      : { address: mail.sender?.address ?? mail.replyTo?.[0]?.address ?? envelope.from, name: sender?.name ?? '' },
  )
  const messageIds = messageIdsIn(mail.messageId)
  const references = messageIdsIn(mail.references)
  const sentAt = date(mail.date)
  const inReplyTo = messageIdsIn(mail.inReplyTo)[0]
  const isReply = answersSomething({ inReplyTo, references, subject: subject.text })
  const shown = showHtml(html, attachments, isReply)
  noteRepairs(mail, raw, warnings)
  if (!mail.headers.some((header) => header.key === 'from')) warnings.push('It has no From header.')
  if (mail.date !== undefined && sentAt === undefined) warnings.push('Its date cannot be read.')
  return {
    providerId: messageIds[0],
    sentAt,
    from,
    replyTo: mail.replyTo ? mailboxes(mail.replyTo) : undefined,
    to: mailboxes(mail.to),
    cc: mailboxes(mail.cc),
    subject: subject.text,
    text: text.text,
    segments: splitReply(text.text, { sender: from.name, isReply }).segments,
    textFromHtml,
    html,
    shown: { html: shown.html, remoteImages: shown.remoteImages },
    cardMasked: text.masked + subject.masked + shown.masked > 0 || names.some(({ masked }) => masked > 0),
    inReplyTo,
    references: references.length > mailLimits.maxReferences ? references.slice(-mailLimits.maxReferences) : references,
    headers: ruleHeaders(
      mail,
      envelope,
      mail.attachments.map((part) => part.mimeType),
    ),
    report: readReport(mail, read),
    reportParts: readReportParts(mail),
    calendar: readCalendar(mail),
    attachments: attachments.map((file, at) => ({ ...file, name: names[at]!.text })),
    envelope,
    rawSize: raw.byteLength,
    warnings,
  }
}

function body(value: string | undefined, limit: number, what: string, warnings: string[]): string | undefined {
  if (value === undefined) return undefined
  if (value.includes('\u0000')) warnings.push(`NUL characters were taken out of the ${what}.`)
  if (value.includes('\ufffd')) warnings.push(`Some characters of the ${what} do not fit its character set.`)
  const clean = cleanText(value)
  if (clean.length <= limit) return clean
  warnings.push(`The ${what} was cut after ${limit} characters; the raw mail holds all of it.`)
  return clean.slice(0, limit).toWellFormed()
}

function attachment(part: Email['attachments'][number], index: number, html: string | undefined): InboundAttachment {
  const content = bytes(part.content)
  const contentId = cleanLine(part.contentId ?? '').replace(/^<|>$/g, '')
  const shown = contentId !== '' && (html?.includes(`cid:${contentId}`) ?? false)
  return {
    name: fileName(part.filename ?? nameInside(part.mimeType, content), part.mimeType, index),
    type: /^[\w.+-]+\/[\w.+-]+$/.test(part.mimeType) ? part.mimeType : 'application/octet-stream',
    size: content.byteLength,
    contentId: contentId === '' ? undefined : contentId,
    inline: shown || (part.related === true && part.disposition !== 'attachment'),
    content,
  }
}

function nameInside(type: string, content: Uint8Array): string | null {
  return type === 'message/rfc822' ? (nameOfMail(content) ?? null) : null
}

function date(value: string | undefined): string | undefined {
  const time = Date.parse(value ?? '')
  const year = Number.isNaN(time) ? 0 : new Date(time).getUTCFullYear()
  return year >= 1970 && year <= 9999 ? new Date(time).toISOString() : undefined
}

function noteRepairs(mail: Email, raw: Uint8Array, warnings: string[]): void {
  if (raw.includes(0)) warnings.push('The raw mail holds NUL bytes.')
  for (const name of ['from', 'subject', 'message-id', 'date', 'in-reply-to', 'references']) {
    const count = mail.headers.filter((header) => header.key === name).length
    if (count > 1) warnings.push(`It has ${count} ${name} headers; the first one counts.`)
  }
  if (mail.headers.length > 1_000) warnings.push(`It has ${mail.headers.length} headers.`)
}
