import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import type { MailExtras, Proposal } from '../rules/mail-extras.ts'
import type { MessagePart, StoredAddress, Threading } from '../tables.ts'

export type NewMessage = {
  id?: Id<'msg'>
  ticketId: Id<'tkt'>
  kind: 'inbound' | 'reply' | 'note' | 'auto'
  channel: 'email' | 'api'
  sourceId: Id<'box'> | null
  author: { kind: 'contact' | 'agent' | 'system'; id: string | null; name: string }
  from: StoredAddress | null
  to: StoredAddress[]
  cc: StoredAddress[]
  text: string
  /** Null when all of `text` is new. */
  parts: MessagePart[] | null
  html: string | null
  remoteImages: number
  providerId: string | null
  inReplyTo: string | null
  references: string[]
  threading: Threading | null
  flags: string[]
  mail?: MailExtras | null
  proposal?: Proposal | null
  attachmentCount: number
  /** When it stands in the conversation, if not now. */
  at?: Temporal.Instant | undefined
}

/** Inserts a message; its events are the caller's to record. */
export async function insertMessage(desk: Desk, message: NewMessage): Promise<Id<'msg'>> {
  const id = message.id ?? newId('msg', desk.now())
  await desk.connection.query({
    name: 'insert-message',
    text: `insert into messages (id, ticket_id, kind, channel, source_id, author_kind, author_id, author_name, from_address,
        to_addresses, cc_addresses, text, parts, html, remote_images, provider_id, in_reply_to, "references",
        threading, flags, attachment_count, created_at, mail, proposal)
      values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)`,
    values: [
      uuidOf(id),
      uuidOf(message.ticketId),
      message.kind,
      message.channel,
      message.sourceId ? uuidOf(message.sourceId) : null,
      message.author.kind,
      message.author.id,
      message.author.name,
      message.from ? JSON.stringify(message.from) : null,
      JSON.stringify(message.to),
      JSON.stringify(message.cc),
      message.text,
      message.parts ? JSON.stringify(message.parts) : null,
      message.html,
      message.remoteImages,
      message.providerId,
      message.inReplyTo,
      message.references,
      message.threading ? JSON.stringify(message.threading) : null,
      message.flags,
      message.attachmentCount,
      (message.at ?? desk.now()).toString(),
      message.mail ? JSON.stringify(message.mail) : null,
      message.proposal ? JSON.stringify(message.proposal) : null,
    ],
  })
  return id
}
