import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailAddress, OutboundMessage } from '#modules/inbox/ports.ts'
import { signMail } from './sign-mail.ts'
import { cleanLine } from './text.ts'

const maxReferences = 100

/**
 * The bytes of a mail that is ready to leave. The same message gives the same bytes every time: Message-ID,
 * date and boundaries come from it, so a second try cannot be taken for a second mail. Line breaks in
 * names, subjects and headers are taken out: nothing a person writes can become a header.
 */
export async function composeMail(message: OutboundMessage): Promise<Uint8Array> {
  const id = oneWord(message.messageId)
  const options: ConstructorParameters<typeof MailComposer>[0] & { baseBoundary: string } = {
    messageId: `<${id}>`,
    date: new Date(message.date),
    from: person(message.from),
    to: message.to.map(person),
    cc: message.cc.map(person),
    replyTo: message.replyTo ? person(message.replyTo) : undefined,
    subject: cleanLine(message.subject),
    text: message.text,
    html: message.html,
    inReplyTo: message.inReplyTo ? `<${oneWord(message.inReplyTo)}>` : undefined,
    references: shortened(message.references).map((reference) => `<${oneWord(reference)}>`),
    headers: extraHeaders(message),
    attachments: message.attachments.map((file) => ({
      filename: cleanLine(file.name),
      content: Buffer.from(file.content),
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream',
      ...(file.contentId ? { cid: oneWord(file.contentId), contentDisposition: 'inline' as const } : {}),
    })),
    textEncoding: 'quoted-printable',
    baseBoundary: id.replace(/[^a-zA-Z0-9]/g, '').slice(0, 40),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return signMail(await new MailComposer(options).compile().build(), message.date, message.signWith ?? [])
}

function extraHeaders(message: OutboundMessage): Record<string, string> {
  const extra = Object.entries(message.headers ?? {}).filter(([name]) => /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name))
  return {
    ...Object.fromEntries(extra.map(([name, value]) => [name, cleanLine(value)])),
    ...(message.autoSubmitted ? { 'Auto-Submitted': message.autoSubmitted, 'X-Auto-Response-Suppress': 'All' } : {}),
    ...(message.listUnsubscribe
      ? {
          'List-Unsubscribe': `<${oneWord(message.listUnsubscribe)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  }
}

function person(address: MailAddress): { name: string; address: string } {
  return { name: cleanLine(address.name).replace(/"/g, "'"), address: oneWord(address.address) }
}

function oneWord(value: string): string {
  return cleanLine(value).replace(/[\s<>,;]/g, '')
}

/** The first says where the thread began, the last ones what is answered; the middle of a very long one is left out. */
function shortened(references: readonly string[]): string[] {
  const all = [...new Set(references)]
  return all.length <= maxReferences ? all : [...all.slice(0, 1), ...all.slice(1 - maxReferences)]
}
