import type { Entitlement } from '#contract/entitlements.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

export type StoredEntitlement = Omit<Entitlement, 'hasAccess'>

type Row = Omit<StoredEntitlement, 'id' | 'contactId' | 'accountId' | 'accessUntil' | 'occurredAt' | 'recordedAt'> & {
  uuid: string
  contact: string | null
  account: string | null
  until: Temporal.Instant | null
  at: Temporal.Instant
  recorded: Temporal.Instant
}

/** Columns of an entitlement `e` as `presentEntitlement` reads them. */
export const entitlementColumns = `e.id as uuid, e.key, e.kind, e.name, e.email, e.domain, e.contact_id as contact, e.account_id as account,
  e.access, e.access_until as until, e.plan, e.seats, e.seats_used as "seatsUsed", e.quotas, e.source, e.source_name as "sourceName",
  e.occurred_at as at, e.recorded_at as recorded`

export type EntitlementRow = Row

export function presentEntitlement({ uuid, contact, account, until, at, recorded, ...row }: Row): StoredEntitlement {
  return {
    ...row,
    id: idOf('ent', uuid),
    contactId: contact ? idOf('con', contact) : null,
    accountId: account ? idOf('acc', account) : null,
    accessUntil: until && milliseconds(until),
    occurredAt: milliseconds(at),
    recordedAt: recorded.toString(),
  }
}

function milliseconds(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 })
}

/** One writer at a time, so that what is decided on is still so when it is written. */
export async function lockEntitlements(desk: Desk): Promise<void> {
  await desk.connection.query('select pg_advisory_xact_lock(7304)')
}

export async function entitlementsByKey(desk: Desk, keys: readonly string[]): Promise<Map<string, StoredEntitlement>> {
  const { rows } = await desk.connection.query<Row>({
    name: 'entitlements-by-key',
    text: `select ${entitlementColumns} from entitlements e where e.key = any($1)`,
    values: [keys],
  })
  return new Map(rows.map((row) => [row.key, presentEntitlement(row)]))
}

/** Puts rows in the place of what stands under their keys. */
export async function writeEntitlements(desk: Desk, rows: readonly StoredEntitlement[]): Promise<void> {
  const values = rows.map((row) => ({
    ...row,
    uuid: uuidOf(row.id),
    contact: row.contactId && uuidOf(row.contactId),
    account: row.accountId && uuidOf(row.accountId),
  }))
  await desk.connection.query({
    name: 'write-entitlements',
    text: `insert into entitlements (key, id, kind, name, email, domain, contact_id, account_id, access, access_until, plan, seats,
        seats_used, quotas, source, source_name, occurred_at, recorded_at)
      select key, uuid, kind, name, email, domain, contact, account, access, "accessUntil", plan, seats, "seatsUsed", quotas,
        source, "sourceName", "occurredAt", "recordedAt"
      from jsonb_to_recordset($1::jsonb) as r(key text, uuid uuid, kind text, name text, email text, domain text, contact uuid,
        account uuid, access text, "accessUntil" timestamptz, plan text, seats bigint, "seatsUsed" bigint, quotas jsonb, source text,
        "sourceName" text, "occurredAt" timestamptz, "recordedAt" timestamptz)
      on conflict (key) do update set kind = excluded.kind, name = excluded.name, email = excluded.email, domain = excluded.domain,
        contact_id = excluded.contact_id, account_id = excluded.account_id, access = excluded.access,
        access_until = excluded.access_until, plan = excluded.plan, seats = excluded.seats, seats_used = excluded.seats_used,
        quotas = excluded.quotas, source = excluded.source, source_name = excluded.source_name,
        occurred_at = excluded.occurred_at, recorded_at = excluded.recorded_at`,
    values: [JSON.stringify(values)],
  })
}
