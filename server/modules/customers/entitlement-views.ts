import type { ContactEntitlements, Entitlement, listEntitlements as listEndpoint } from '#contract/entitlements.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import {
  entitlementColumns,
  entitlementsByKey,
  presentEntitlement,
  type EntitlementRow,
  type StoredEntitlement,
} from './entitlement-store.ts'
import { hasAccess } from './rules/entitlement-order.ts'
import { readContact } from './views.ts'

const shown = 50

function present(desk: Desk, stored: StoredEntitlement): Entitlement {
  return { ...stored, hasAccess: hasAccess(stored, desk.now().epochMilliseconds) }
}

export async function readEntitlement(desk: Desk, key: string): Promise<Entitlement | undefined> {
  const stored = (await entitlementsByKey(desk, [key])).get(key)
  return stored && present(desk, stored)
}

/** By key, a page at a time. */
export async function listEntitlements(desk: Desk, query: QueryOf<typeof listEndpoint>) {
  const limit = query.limit ?? shown
  const [after] = decodeCursor(query.cursor, 1) ?? [null]
  if (after !== null && typeof after !== 'string')
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  const { rows } = await desk.connection.query<EntitlementRow>({
    name: 'list-entitlements',
    text: `select ${entitlementColumns} from entitlements e where ($1::text is null or e.key > $1) order by e.key limit $2`,
    values: [after, limit + 1],
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.key],
    (row) => present(desk, presentEntitlement(row)),
  )
}

/** What the product grants a contact, the newest statements first: their own, then their company's. */
export async function readContactEntitlements(desk: Desk, contactId: Id<'con'>): Promise<ContactEntitlements> {
  const contact = await readContact(desk, contactId)
  const account = contact.account?.id ?? null
  const { rows } = await desk.connection.query<EntitlementRow & { why: ContactEntitlements['items'][number]['why'] }>({
    name: 'contact-entitlements',
    text: `select ${entitlementColumns}, case
        when e.contact_id = $1 then 'contact'
        when i.verified is not null and i.verified <> 'none' then 'address'
        when i.value is not null then 'unverified_address'
        when e.account_id = $2 then 'account'
        else 'domain' end as why
      from entitlements e
      left join contact_identities i on i.kind = 'email' and i.value = e.email and i.contact_id = $1
      where e.contact_id = $1
        or e.email in (select value from contact_identities where kind = 'email' and contact_id = $1)
        or (e.kind <> 'contact' and (e.account_id = $2
          or e.domain in (select domain from account_domains where account_id = $2 and confirmed)))
      order by (e.contact_id = $1 or i.value is not null) desc nulls last, e.occurred_at desc, e.key limit 50`,
    values: [uuidOf(contactId), account && uuidOf(account)],
  })
  return {
    items: rows.map(({ why, ...row }) => ({ entitlement: present(desk, presentEntitlement(row)), why })),
  }
}
