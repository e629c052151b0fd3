import type { AddressState } from '#contract/addresses.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { KnownAddress } from '../rules/address-state.ts'

type Row = {
  state: AddressState
  reason: string | null
  status: string | null
  soft_count: number
  soft_since: Temporal.Instant | null
  last_failure_at: Temporal.Instant | null
}

/** Locks what is known of an address for the rest of the transaction. Two first failures at once: the second one waits. */
export async function lockAddress(desk: Desk, email: string): Promise<KnownAddress> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-address',
    text: `insert into mail_addresses (email, since, updated_at) values ($1, $2, $2)
      on conflict (email) do update set updated_at = mail_addresses.updated_at
      returning state, reason, status, soft_count, soft_since, last_failure_at`,
    values: [email, desk.now().toString()],
  })
  const row = rows[0]
  if (!row) throw new Error('an address appeared and vanished')
  return {
    state: row.state,
    reason: row.reason,
    status: row.status,
    softCount: row.soft_count,
    softSince: row.soft_since,
    lastFailureAt: row.last_failure_at,
  }
}

export async function setAddress(
  desk: Desk,
  email: string,
  known: KnownAddress,
  messageId: Id<'msg'> | null,
): Promise<void> {
  await desk.connection.query({
    name: 'set-address',
    text: `update mail_addresses set since = case when state = $2 then since else $8::timestamptz end, state = $2, reason = $3,
        status = $4, soft_count = $5, soft_since = $6, last_failure_at = $7, updated_at = $8,
        message_id = coalesce($9, message_id)
      where email = $1`,
    values: [
      email,
      known.state,
      known.reason,
      known.status,
      known.softCount,
      known.softSince?.toString() ?? null,
      known.lastFailureAt?.toString() ?? null,
      desk.now().toString(),
      messageId ? uuidOf(messageId) : null,
    ],
  })
}

/** The states of addresses, lower case; an address without a row is not in it. */
export async function addressStates(
  desk: Desk,
  emails: readonly string[],
): Promise<Map<string, { state: AddressState; unsubscribed: boolean }>> {
  const { rows } = await desk.connection.query<{ email: string; state: AddressState; unsubscribed: boolean }>({
    name: 'address-states',
    text: `select email, state, unsubscribed_at is not null as unsubscribed from mail_addresses where email = any($1)`,
    values: [emails.map((email) => email.toLowerCase())],
  })
  return new Map(rows.map(({ email, ...known }) => [email, known]))
}

/** Notes whether an address wants no automatic mail; the first word counts. The caller has locked it. */
export async function setUnsubscribed(desk: Desk, email: string, unsubscribed: boolean): Promise<void> {
  await desk.connection.query({
    name: 'set-unsubscribed',
    text: `update mail_addresses set updated_at = $3,
        unsubscribed_at = case when $2 then coalesce(unsubscribed_at, $3::timestamptz) end
      where email = $1`,
    values: [email, unsubscribed, desk.now().toString()],
  })
}
