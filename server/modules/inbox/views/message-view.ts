import type { Attachment, Message } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { fileUrl } from '../file-links.ts'
import type { MessagePart, StoredAddress, Threading } from '../tables.ts'

export const messageColumns = `m.id, m.ticket_id, m.kind, m.channel, m.author_kind, m.author_id, m.author_name, m.from_address,
  m.to_addresses, m.cc_addresses, m.text, m.parts, m.html, m.remote_images, m.provider_id, m.auth, m.threading, m.flags, m.proposal, m.mail, m.created_at,
  (select json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'inline', f.inline) order by f.created_at, f.id)
     from attachments f where m.attachment_count > 0 and f.message_id = m.id) as attachments,
  d.state as delivery_state, d.at as delivery_at, d.leaves_at, d.attempts, d.retry_at, d.error,
  n.message_id is not null as is_absence, n.until::text as away_until`

export const messageJoins = `left join deliveries d on d.message_id = m.id left join absences n on n.message_id = m.id`

export type MessageRecord = {
  id: string
  ticket_id: string
  kind: Message['kind']
  channel: Message['channel']
  author_kind: Message['author']['kind']
  author_id: string | null
  author_name: string
  from_address: StoredAddress | null
  to_addresses: StoredAddress[]
  cc_addresses: StoredAddress[]
  text: string
  parts: MessagePart[] | null
  html: string | null
  remote_images: number
  provider_id: string | null
  auth: Message['auth']
  threading: Threading | null
  flags: Message['flags']
  proposal: Message['proposal']
  mail: Message['mail']
  created_at: Temporal.Instant
  attachments: { id: string; name: string; type: string; size: number; inline: boolean }[] | null
  delivery_state: NonNullable<Message['delivery']>['state'] | null
  delivery_at: Temporal.Instant | null
  leaves_at: Temporal.Instant | null
  attempts: number | null
  retry_at: Temporal.Instant | null
  error: string | null
  is_absence: boolean
  away_until: string | null
}

export function presentMessage(desk: Desk, row: MessageRecord, options: { remoteImages?: boolean } = {}): Message {
  const shown = options.remoteImages && row.html ? desk.ports.mail.showRemoteImages(row.html) : row.html
  return {
    id: idOf('msg', row.id),
    ticketId: idOf('tkt', row.ticket_id),
    kind: row.kind,
    channel: row.channel,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
    text: row.text,
    parts: row.parts ?? [{ kind: 'reply', length: row.text.length }],
    html: shown && withFileUrls(desk, shown),
    remoteImages: { count: row.remote_images, allowed: options.remoteImages ?? false },
    attachments: (row.attachments ?? []).map((file) => presentAttachment(desk, file)),
    providerId: row.provider_id,
    auth: row.auth && {
      spf: row.auth.spf,
      dkim: row.auth.dkim,
      dmarc: row.auth.dmarc,
      aligned: row.auth.aligned,
      domain: row.auth.domain ?? null,
    },
    threading: row.threading && {
      rule: row.threading.rule,
      reason: row.threading.reason,
      matchedKey: row.threading.matchedKey,
    },
    flags: row.flags,
    absence: row.is_absence ? { until: row.away_until } : null,
    proposal: row.proposal,
    mail: row.mail,
    delivery: row.delivery_state && {
      state: row.delivery_state,
      at: (row.delivery_at ?? row.created_at).toString(),
      leavesAt: row.leaves_at?.toString() ?? null,
      attempts: row.attempts ?? 0,
      retryAt: row.retry_at?.toString() ?? null,
      error: row.error,
    },
    createdAt: row.created_at.toString(),
  }
}

export function presentAttachment(
  desk: Desk,
  file: { id: string; name: string; type: string; size: number; inline: boolean },
): Attachment {
  const id = idOf('att', file.id)
  return { id, name: file.name, type: file.type, size: file.size, inline: file.inline, url: fileUrl(desk, id) }
}

/** Stored HTML names its inline images by attachment; what leaves the house has addresses that work for a while. */
function withFileUrls(desk: Desk, html: string): string {
  return html.replace(/\/files\/(att_[0-9a-z]{26})/g, (_, id: Id<'att'>) => fileUrl(desk, id).replaceAll('&', '&amp;'))
}
