import type { Email } from 'postal-mime'
import { weighHtml } from './bare-text.ts'
import { isWinmail } from './open-winmail.ts'
import { countLineStarts, headerBytes } from './limits.ts'

/**
 * What a mail may be to be read at once rather than in a thread of its own. Measured on the slowest shapes that fit: each
 * stays within some tens of milliseconds, so that no mail holds up the others for longer.
 */
const plain = {
  bytes: 512 * 1024,
  headerBytes: 64 * 1024,
  boundaryLines: 100,
  textChars: 64 * 1024,
  lineChars: 2_000,
  lines: 800,
  htmlChars: 64 * 1024,
  htmlTags: 600,
  htmlDepth: 60,
}

/** Whether taking a mail apart is sure to be quick; asked before anything is parsed. */
export function isPlainRaw(raw: Uint8Array): boolean {
  if (raw.byteLength > plain.bytes || headerBytes(raw) > plain.headerBytes) return false
  return countLineStarts(raw, '--') <= plain.boundaryLines
}

/** Whether what was found in a mail is sure to be quick to clean, part and show. */
export function isPlainMail(mail: Email): boolean {
  const isPacked = mail.attachments.some(isWinmail) || (!mail.text && !mail.html && mail.attachments.some(isMail))
  return !isPacked && isPlainText(mail.text ?? '') && isPlainHtml(mail.html ?? '')
}

function isMail({ mimeType }: { mimeType: string }): boolean {
  return mimeType.startsWith('message/')
}

function isPlainText(text: string): boolean {
  if (text.length > plain.textChars) return false
  let lines = 0
  for (let start = 0; start <= text.length; lines++) {
    const end = text.indexOf('\n', start)
    if ((end < 0 ? text.length : end) - start > plain.lineChars) return false
    if (end < 0) break
    start = end + 1
  }
  return lines <= plain.lines
}

function isPlainHtml(html: string): boolean {
  if (html === '') return true
  if (html.length > plain.htmlChars) return false
  const { depth, tags } = weighHtml(html)
  return tags <= plain.htmlTags && depth <= plain.htmlDepth
}
