import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import type { StoredAddress } from '../tables.ts'

export type ForwardableMessage = {
  id: Id<'msg'>
  kind: 'inbound' | 'reply' | 'auto'
  from: StoredAddress | null
  authorName: string
  to: StoredAddress[]
  cc: StoredAddress[]
  text: string
  html: string | null
  createdAt: Temporal.Instant
}

type Row = {
  id: string
  kind: ForwardableMessage['kind']
  from_address: StoredAddress | null
  author_name: string
  to_addresses: StoredAddress[]
  cc_addresses: StoredAddress[]
  text: string
  html: string | null
  created_at: Temporal.Instant
}

/** The mails of a ticket that may be shown to a third party, oldest first: never a note, never what did not leave. */
export async function forwardableMessages(
  desk: Desk,
  ticketId: Id<'tkt'>,
  only: readonly Id<'msg'>[] | null,
): Promise<ForwardableMessage[]> {
  const { rows } = await desk.connection.query<Row>(
    `select m.id, m.kind, m.from_address, m.author_name, m.to_addresses, m.cc_addresses, m.text, m.html, m.created_at
     from messages m left join deliveries d on d.message_id = m.id
     where m.ticket_id = $1 and m.kind in ('inbound', 'reply', 'auto') and not 'forward' = any(m.flags)
       and coalesce(d.state, 'sent') not in ('scheduled', 'cancelled') and ($2::uuid[] is null or m.id = any($2))
     order by m.created_at, m.id limit 200`,
    [uuidOf(ticketId), only?.map(uuidOf) ?? null],
  )
  return rows.map((row) => ({
    id: idOf('msg', row.id),
    kind: row.kind,
    from: row.from_address,
    authorName: row.author_name,
    to: row.to_addresses,
    cc: row.cc_addresses,
    text: row.text,
    html: row.html,
    createdAt: row.created_at,
  }))
}

/** Gives a message the files of others, each content once; returns how many and their bytes together. */
export async function copyAttachments(
  desk: Desk,
  from: readonly Id<'msg'>[],
  into: { ticketId: Id<'tkt'>; messageId: Id<'msg'> },
): Promise<{ count: number; bytes: number }> {
  const { rows } = await desk.connection.query<{ hash: string; name: string; type: string; size: number }>(
    `select distinct on (hash, name) hash, name, type, size from attachments where message_id = any($1) order by hash, name limit 100`,
    [from.map(uuidOf)],
  )
  const files = rows.map((row) => ({ ...row, id: uuidOf(newId('att', desk.now())) }))
  await desk.connection.query(
    `insert into attachments (id, ticket_id, message_id, hash, name, type, size, inline, created_at)
     select f.id, $2, $3, f.hash, f.name, f.type, f.size, false, $4
     from jsonb_to_recordset($1) as f(id uuid, hash text, name text, type text, size int)`,
    [JSON.stringify(files), uuidOf(into.ticketId), uuidOf(into.messageId), desk.now().toString()],
  )
  await desk.connection.query('update messages set attachment_count = attachment_count + $2 where id = $1', [
    uuidOf(into.messageId),
    files.length,
  ])
  return { count: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }
}

/** The first of some addresses that is the ticket's customer. */
export async function requesterAmong(
  desk: Desk,
  ticketId: Id<'tkt'>,
  people: readonly StoredAddress[],
): Promise<string | null> {
  const { rows } = await desk.connection.query<{ email: string }>(
    `select email from ticket_participants where ticket_id = $1 and kind = 'requester' and email = any($2) limit 1`,
    [uuidOf(ticketId), people.map(({ email }) => email.toLowerCase())],
  )
  return rows[0]?.email ?? null
}
