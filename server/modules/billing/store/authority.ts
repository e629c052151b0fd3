import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'

export type Grant = {
  kind: 'override' | 'code'
  customerId: string | null
  sentTo: string | null
  reason: string | null
  byName: string
  at: Temporal.Instant
}

/** What was granted on a ticket, newest first. */
export async function readGrants(desk: Desk, ticketId: Id<'tkt'>): Promise<Grant[]> {
  const { rows } = await desk.connection.query<Grant>({
    name: 'authority-grants',
    text: `select kind, customer_id as "customerId", sent_to as "sentTo", reason, by_name as "byName", at
      from authority_grants where ticket_id = $1 order by at desc`,
    values: [uuidOf(ticketId)],
  })
  return rows
}

export async function insertGrant(desk: Desk, ticketId: Id<'tkt'>, grant: Omit<Grant, 'at' | 'byName'>): Promise<void> {
  await desk.connection.query(
    `insert into authority_grants (id, ticket_id, kind, customer_id, sent_to, reason, by_name, granted_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      uuidOf(newId('evt', desk.now())),
      uuidOf(ticketId),
      grant.kind,
      grant.customerId,
      grant.sentTo,
      grant.reason,
      desk.actor.name,
      desk.actor.agentId ?? desk.actor.id,
      desk.now().toString(),
    ],
  )
}

export async function insertCode(
  desk: Desk,
  code: { ticketId: Id<'tkt'>; customerId: string; sentTo: string; hash: string; expiresAt: Temporal.Instant },
): Promise<Id<'evt'>> {
  const id = newId('evt', desk.now())
  await desk.connection.query(
    `insert into authority_codes (id, ticket_id, customer_id, sent_to, hash, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      uuidOf(id),
      uuidOf(code.ticketId),
      code.customerId,
      code.sentTo,
      code.hash,
      desk.now().toString(),
      code.expiresAt.toString(),
    ],
  )
  return id
}

export async function countCodes(desk: Desk, ticketId: Id<'tkt'>, since: Temporal.Instant): Promise<number> {
  const { rows } = await desk.connection.query<{ n: number }>(
    'select count(*) as n from authority_codes where ticket_id = $1 and created_at > $2',
    [uuidOf(ticketId), since.toString()],
  )
  return rows[0]?.n ?? 0
}

export type StoredCode = {
  id: Id<'evt'>
  customerId: string
  sentTo: string
  hash: string
  tries: number
  expiresAt: Temporal.Instant
}

/** The newest unused code of a ticket, with this try already counted. */
export async function countTry(desk: Desk, ticketId: Id<'tkt'>): Promise<StoredCode | undefined> {
  const { rows } = await desk.connection.query<Omit<StoredCode, 'id'> & { uuid: string }>(
    `update authority_codes set tries = least(tries + 1, 1000) where id =
       (select id from authority_codes where ticket_id = $1 and used_at is null order by created_at desc, id desc limit 1 for update)
     returning id as uuid, customer_id as "customerId", sent_to as "sentTo", hash, tries, expires_at as "expiresAt"`,
    [uuidOf(ticketId)],
  )
  const row = rows[0]
  if (!row) return undefined
  const { uuid, ...rest } = row
  return { id: idOf('evt', uuid), ...rest }
}

export async function useCode(desk: Desk, id: Id<'evt'>): Promise<void> {
  await desk.connection.query('update authority_codes set used_at = $2 where id = $1', [
    uuidOf(id),
    desk.now().toString(),
  ])
}
