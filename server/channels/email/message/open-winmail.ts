import { decompressRTF } from '@kenjiuno/decompressrtf'
import type { Attachment, Email } from 'postal-mime'
import { deEncapsulateSync } from 'rtf-stream-parser'
import { decodeText } from './charset.ts'
import { bytes } from './rule-headers.ts'
import { readTnef } from './tnef.ts'

const most = { bytes: 40 * 1024 * 1024, rtfBytes: 1024 * 1024 }

/** Whether a part is a winmail.dat, in which Outlook packs text and files for itself. */
export function isWinmail(part: Pick<Attachment, 'mimeType' | 'filename'>): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(part.mimeType) || /^winmail\.dat$/i.test(part.filename ?? '')
}

/**
 * The mail with the files of its winmail.dat in its place, and with the text or HTML in it where the mail has none of its own.
 * A package that is not wholly understood stays beside what could be taken out.
 */
export function openWinmail(mail: Email): Email {
  if (!mail.attachments.some(isWinmail)) return mail
  let { text, html } = mail
  const attachments: Attachment[] = []
  for (const part of mail.attachments) {
    const content = bytes(part.content)
    const found = isWinmail(part) && content.byteLength <= most.bytes ? readTnef(content) : undefined
    if (!found) {
      attachments.push(part)
      continue
    }
    const formatted = found.rtf && found.html === undefined ? fromRtf(found.rtf) : undefined
    const body = { text: found.text ?? formatted?.text, html: found.html ?? formatted?.html }
    if (isEmpty(text) && isEmpty(html)) [text, html] = [body.text, body.html]
    if (!found.complete) attachments.push(part)
    for (const file of found.files) attachments.push(attachmentOf(file.name, file.type, file.content, file.contentId))
    if (formatted?.rtf && isEmpty(text) && isEmpty(html))
      attachments.push(attachmentOf('message.rtf', 'application/rtf', formatted.rtf))
  }
  return { ...mail, ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }), attachments }
}

function isEmpty(text: string | undefined): boolean {
  return (text ?? '').trim() === ''
}

function attachmentOf(filename: string, mimeType: string, content: Uint8Array, contentId = ''): Attachment {
  const id = contentId === '' ? {} : { contentId: `<${contentId}>` }
  return { filename: filename || null, mimeType, disposition: 'attachment', content, ...id }
}

/** The HTML or text that Outlook wraps in RTF, or the RTF itself where it is nothing else. */
function fromRtf(compressed: Uint8Array): { text?: string; html?: string; rtf?: Uint8Array } {
  if (compressed.byteLength > most.rtfBytes) return {}
  try {
    const rtf = Buffer.from(decompressRTF([...compressed]))
    try {
      const inside = deEncapsulateSync(rtf, { decode: decodeText, mode: 'either', warn: () => undefined })
      return inside.mode === 'html' ? { html: String(inside.text) } : { text: String(inside.text) }
    } catch {
      return { rtf: Uint8Array.from(rtf) }
    }
  } catch {
    return {}
  }
}
