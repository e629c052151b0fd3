import type { Desk } from '#server/desk.ts'
import type { KeptAttachment } from '../actions/keep-attachments.ts'
import type { InboundMessage, MailAddress } from '../ports.ts'
import type { NewMessage } from '../store/messages.ts'
import type { StoredAddress } from '../tables.ts'

type Content = Pick<
  NewMessage,
  | 'channel'
  | 'from'
  | 'to'
  | 'cc'
  | 'text'
  | 'parts'
  | 'html'
  | 'remoteImages'
  | 'providerId'
  | 'inReplyTo'
  | 'references'
  | 'attachmentCount'
>

/** What a mail says of itself as it is stored, whichever way it came; pictures point at these attachments. */
export function mailContent(desk: Desk, message: InboundMessage, attachments: readonly KeptAttachment[]): Content {
  const { html, remoteImages } = message.shown
  return {
    channel: 'email',
    from: storedAddress(message.from),
    to: message.to.map(storedAddress),
    cc: message.cc.map(storedAddress),
    text: message.text,
    parts: message.segments.some(({ kind }) => kind !== 'reply')
      ? message.segments.map(({ kind, text }) => ({ kind, length: text.length }))
      : null,
    html: html && desk.ports.mail.placePictures(html, (at) => attachments[at] && `/files/${attachments[at].id}`),
    remoteImages,
    providerId: message.providerId ?? null,
    inReplyTo: message.inReplyTo ?? null,
    references: message.references,
    attachmentCount: attachments.length,
  }
}

export function storedAddress({ address, name }: MailAddress): StoredAddress {
  return { email: address, name: name || null }
}
