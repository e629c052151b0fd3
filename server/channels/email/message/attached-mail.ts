import { decodeWords } from 'postal-mime'
import type { Email } from 'postal-mime'
import { decodeText } from './charset.ts'
import { mendEncodedWords } from './encoded-words.ts'
import { parseMended } from './mended-parser.ts'
import { bytes } from './rule-headers.ts'
import { cleanLine, textOfHtml } from './text.ts'

const isMail = (type: string) => type === 'message/rfc822' || type === 'message/global'

/** The file name of an attached mail that has none: its subject. */
export function nameOfMail(content: Uint8Array): string | undefined {
  const head = decodeText(content.subarray(0, 16_000))
  const value = /(?:^|\n)subject:[ \t]*([^\n]*(?:\n[ \t][^\n]*){0,20})/i.exec(head.split(/\r?\n\r?\n/)[0] ?? '')?.[1]
  const subject = cleanLine(decodeWords(mendEncodedWords((value ?? '').replace(/\r?\n/g, ''))))
  return subject === '' ? undefined : `${subject.replace(/[\\/]/g, '-').slice(0, 120)}.eml`
}

/**
 * A mail that is nothing but an attached one, such as one forwarded as attachment without a word, gets the words of that one
 * as a forwarded message, so that they can be read and found. A report is not: there the attached mail is our own.
 */
export async function withForwardedText(mail: Email): Promise<Email> {
  if ((mail.text ?? '').trim() !== '' || (mail.html ?? '').trim() !== '') return mail
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? ''
  const attached = mail.attachments.find(({ mimeType }) => isMail(mimeType))
  if (!attached || /^multipart\/report/i.test(type)) return mail
  const inner = await parseMended(bytes(attached.content)).catch(() => undefined)
  if (!inner) return mail
  const from = inner.from?.address ? `${inner.from.name} <${inner.from.address}>`.trim() : (inner.from?.name ?? '')
  const lines = ['---------- Forwarded message ---------', `From: ${cleanLine(from)}`]
  if (inner.date) lines.push(`Date: ${cleanLine(inner.date)}`)
  lines.push(`Subject: ${cleanLine(inner.subject ?? '')}`, '', inner.text || textOfHtml(inner.html ?? ''))
  return { ...mail, text: lines.join('\n') }
}
