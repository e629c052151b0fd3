import type * as z from 'zod'
import type { Account, Contact, ContactRow, Segment } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { identitiesOf } from './actions/verify-identity.ts'

type Paging = { limit?: number | undefined; cursor?: string | undefined }

type ContactRecord = {
  id: string
  name: string
  email: string | null
  segment: Segment
  account_id: string | null
  account_name: string | null
  created_at: Temporal.Instant
}

type FullContactRecord = ContactRecord & {
  locale: string | null
  time_zone: string | null
  account_role: 'admin' | 'billing' | 'member'
  account_segment: Segment | null
}

type AccountRecord = {
  id: string
  name: string
  segment: Segment
  created_at: Temporal.Instant
  contacts: number
  domains: { domain: string; confirmed: boolean }[]
}

/** A text for LIKE in which only the caller's own wildcards work. */
const escaped = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

type ContactSearch = { email?: string | undefined; q?: string | undefined; accountId?: Id<'acc'> | undefined }

export async function listContacts(desk: Desk, query: Paging & ContactSearch) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<ContactRecord>(
    `select c.id, c.name, c.email, c.segment, c.account_id, a.name as account_name, c.created_at from contacts c
     left join accounts a on a.id = c.account_id
     where ($1::timestamptz is null or (c.created_at, c.id) < ($1, $2::uuid))
       and ($3::text is null or c.id = any(array(select contact_id from contact_identities where kind = 'email' and value = $3)))
       and ($4::text is null or c.name ilike $4 or c.email ilike $4)
       and ($6::uuid is null or c.account_id = $6)
     order by c.created_at desc, c.id desc limit $5`,
    [
      after?.at.toString() ?? null,
      after ? uuidOf(after.id) : null,
      query.email ?? null,
      query.q ? `%${escaped(query.q)}%` : null,
      limit + 1,
      query.accountId ? uuidOf(query.accountId) : null,
    ],
  )
  return pageOf(rows, limit, (row) => [row.created_at.toString(), idOf('con', row.id)], presentContactRow)
}

function presentContactRow(row: ContactRecord): z.infer<typeof ContactRow> {
  return {
    id: idOf('con', row.id),
    name: row.name,
    email: row.email,
    segment: row.segment,
    accountId: row.account_id ? idOf('acc', row.account_id) : null,
    accountName: row.account_name,
    createdAt: row.created_at.toString(),
  }
}

export async function readContact(desk: Desk, id: Id<'con'>): Promise<Contact> {
  const { rows } = await desk.connection.query<FullContactRecord>(
    `select c.*, a.name as account_name, a.segment as account_segment from contacts c
     left join accounts a on a.id = c.account_id where c.id = $1`,
    [uuidOf(id)],
  )
  const row = rows[0]
  if (!row) throw notFound('contact')
  const identities = await identitiesOf(desk, id)
  return {
    id,
    name: row.name,
    email: row.email,
    segment: row.segment,
    locale: row.locale,
    timeZone: row.time_zone,
    identities: identities.map((identity) => ({ ...identity, verifiedAt: identity.verifiedAt?.toString() ?? null })),
    account: row.account_id
      ? {
          id: idOf('acc', row.account_id),
          name: row.account_name ?? '',
          segment: row.account_segment ?? 'enterprise',
          role: row.account_role,
        }
      : null,
    createdAt: row.created_at.toString(),
  }
}

const accountColumns = `a.id, a.name, a.segment, a.created_at,
  (select count(*) from contacts c where c.account_id = a.id) as contacts,
  (select coalesce(json_agg(json_build_object('domain', d.domain, 'confirmed', d.confirmed) order by d.domain), '[]')
     from account_domains d where d.account_id = a.id) as domains`

export async function listAccounts(desk: Desk, query: Paging & { q?: string | undefined }) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<AccountRecord>(
    `select ${accountColumns} from accounts a
     where ($1::timestamptz is null or (a.created_at, a.id) < ($1, $2::uuid)) and ($3::text is null or a.name ilike $3)
     order by a.created_at desc, a.id desc limit $4`,
    [
      after?.at.toString() ?? null,
      after ? uuidOf(after.id) : null,
      query.q ? `%${escaped(query.q)}%` : null,
      limit + 1,
    ],
  )
  return pageOf(rows, limit, (row) => [row.created_at.toString(), idOf('acc', row.id)], presentAccount)
}

export async function readAccount(desk: Desk, id: Id<'acc'>): Promise<Account> {
  const { rows } = await desk.connection.query<AccountRecord>(
    `select ${accountColumns} from accounts a where a.id = $1`,
    [uuidOf(id)],
  )
  if (!rows[0]) throw notFound('account')
  return presentAccount(rows[0])
}

function presentAccount(row: AccountRecord): Account {
  return {
    id: idOf('acc', row.id),
    name: row.name,
    segment: row.segment,
    domains: row.domains,
    contacts: row.contacts,
    createdAt: row.created_at.toString(),
  }
}
