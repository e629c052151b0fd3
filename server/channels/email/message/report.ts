import type { Email } from 'postal-mime'
import type { MailReport, ReportParts } from '#modules/inbox/ports.ts'
import { bytes } from './rule-headers.ts'
import { cleanLine, cleanText } from './text.ts'

const decoder = new TextDecoder()
const MAX = 64_000

const kinds = {
  'message/delivery-status': 'delivery_status',
  'message/global-delivery-status': 'delivery_status',
  'message/feedback-report': 'feedback_report',
  'message/disposition-notification': 'disposition_notification',
} as const

/**
 * What a report says about the mail it is about: from its machine-readable part and the returned mail
 * where there are any (RFC 3464, 5965, 8098), else from the prose that older mail systems write.
 */
export function readReport(mail: Email, text: string): MailReport | undefined {
  const machine = mail.attachments.find((part) => part.mimeType in kinds)
  const returned = mail.attachments.filter(isReturned).map((part) => partText(part.content))
  if (machine) {
    const status = unfold(partText(machine.content))
    return {
      kind: kinds[machine.mimeType as keyof typeof kinds],
      originalMessageIds: unique([
        ...messageIds(status, 'original-message-id'),
        ...returned.flatMap((part) => messageIds(unfold(part), 'message-id')),
      ]),
      recipient:
        field(status, 'final-recipient') ?? field(status, 'original-recipient') ?? field(status, 'original-rcpt-to'),
      action: field(status, 'action')?.toLowerCase(),
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(status, 'status') ?? '')?.[0],
      diagnostic: field(status, 'diagnostic-code')?.slice(0, 500),
    }
  }
  const prose = unfold(text.slice(0, MAX))
  const quoted = [
    ...messageIds(prose, 'message-id'),
    ...returned.flatMap((part) => messageIds(unfold(part), 'message-id')),
  ]
  const status = /\b[45]\.\d{1,2}\.\d{1,3}\b/.exec(prose)?.[0]
  if (
    quoted.length === 0 ||
    (!status && !/deliver|undeliverable|returned|bounce|failed|unknown user|no such user/i.test(prose))
  )
    return undefined
  return {
    kind: 'prose',
    originalMessageIds: unique(quoted),
    recipient: /^[ \t]*<?([^\s<>:,;@]+@[^\s<>:,;@]+)>?[ \t]*:?[ \t]*$/m.exec(prose)?.[1]?.toLowerCase(),
    status,
  }
}

/** The pieces of a report as they stand, for whoever asks what it means; undefined for a mail that has none of them. */
export function readReportParts(mail: Email): ReportParts | undefined {
  const failed = mail.headers.filter((header) => header.key === 'x-failed-recipients').map(({ value }) => value)
  const machine = mail.attachments.filter((part) => part.mimeType in kinds).slice(0, 20)
  const returned = mail.attachments.find(isReturned)
  if (failed.length === 0 && machine.length === 0 && !returned) return undefined
  return {
    fields: machine
      .map((part) => partText(part.content))
      .join('\n\n')
      .slice(0, MAX),
    returned: returned ? partText(returned.content) : '',
    failedRecipients: cleanLine(failed.join(', ')).slice(0, 10_000),
  }
}

function isReturned(part: Email['attachments'][number]): boolean {
  return /^(message\/(rfc822|global)(-headers)?|text\/rfc822-headers?)$/.test(part.mimeType)
}

function partText(content: ArrayBuffer | Uint8Array | string): string {
  return cleanText(decoder.decode(bytes(content).subarray(0, MAX)))
}

function unfold(text: string): string {
  return text.replace(/\n[ \t]+/g, ' ')
}

function field(text: string, name: string): string | undefined {
  const value = new RegExp(
    String.raw`^${name}:[ \t]*(?:(?:rfc822|utf-8|x400|smtp|dns|x-[\w-]+)[ \t]*;[ \t]*)?(.+)$`,
    'im',
  ).exec(text)?.[1]
  return value === undefined ? undefined : cleanLine(value).replace(/^<|>$/g, '')
}

function messageIds(text: string, name: string): string[] {
  const lines = text.matchAll(new RegExp(String.raw`^[ \t]*[>|]?[ \t]*${name}:[ \t]*<?([^\s<>]+@[^\s<>]+)>?`, 'gim'))
  return [...lines].map((line) => line[1] ?? '').slice(0, 20)
}

function unique(values: string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))]
}
