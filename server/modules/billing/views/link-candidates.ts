import type { Verification } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { LinkInput } from '../rules/link-evidence.ts'

/** A customer beside a contact or an account that may be its owner. */
export type Pair = { customer: string; contactId: Id<'con'> | null; accountId: Id<'acc'> | null }

type PairRow = { customer: string; contact: string | null; account: string | null }

function present(rows: readonly PairRow[]): Pair[] {
  return rows.map((row) => ({
    customer: row.customer,
    contactId: row.contact ? idOf('con', row.contact) : null,
    accountId: row.account ? idOf('acc', row.account) : null,
  }))
}

const domain = `split_part(lower(m.email), '@', 2)`
const firstWord = (name: string) => `regexp_replace(lower(split_part(${name}, ' ', 1)), '[^[:alnum:]]', '', 'g')`
const named = `unnest(m.refs) as r(ref) where m.stripe_account = $1 and m.kind = 'customer' and m.id = any($2)`

/** Who could be the owner of these customers: by address, confirmed domain, a like name, or our own id in the metadata. */
export async function ownersFor(desk: Desk, account: string, customers: readonly string[]): Promise<Pair[]> {
  const { rows } = await desk.connection.query<PairRow & { ref: string | null }>({
    name: 'owners-for-customers',
    text: `select m.id as customer, i.contact_id as contact, null::uuid as account, null::text as ref from mirror_objects m
        join contact_identities i on i.kind = 'email' and i.value = lower(m.email)
        where m.stripe_account = $1 and m.kind = 'customer' and m.id = any($2)
      union select m.id, null, d.account_id, null from mirror_objects m
        join account_domains d on d.domain = ${domain} and d.confirmed
        where m.stripe_account = $1 and m.kind = 'customer' and m.id = any($2)
      union select m.id, null, a.id, null from mirror_objects m join accounts a on ${firstWord('a.name')} = ${firstWord('m.name')}
        where m.stripe_account = $1 and m.kind = 'customer' and m.id = any($2)
      union select m.id, null, null, r.ref from mirror_objects m, ${named}`,
    values: [account, customers],
  })
  const pairs = rows.flatMap((row): Pair[] => {
    if (!row.ref) return present([row])
    const { customer, ref } = row
    if (ref.startsWith('con_')) return [{ customer, contactId: ref as Id<'con'>, accountId: null }]
    return ref.startsWith('acc_') ? [{ customer, contactId: null, accountId: ref as Id<'acc'> }] : []
  })
  // An address and our own id may name the same contact.
  const keyOf = (pair: Pair) => `${pair.customer} ${pair.contactId} ${pair.accountId}`
  return [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()]
}

/** Which mirrored customers could belong to this contact or the account it is in. */
export async function customersFor(desk: Desk, account: string, contactId: Id<'con'>): Promise<Pair[]> {
  const { rows } = await desk.connection.query<PairRow>({
    name: 'customers-for-contact',
    text: `select m.id as customer, i.contact_id as contact, null::uuid as account from contact_identities i
        join mirror_objects m on lower(m.email) = i.value and m.kind = 'customer' and m.stripe_account = $1
        where i.kind = 'email' and i.contact_id = $2
      union select m.id, $2, null from mirror_objects m where m.stripe_account = $1 and m.kind = 'customer' and m.refs @> array[$3]
      union select m.id, null, c.account_id from contacts c
        join account_domains d on d.account_id = c.account_id and d.confirmed
        join mirror_objects m on m.stripe_account = $1 and m.kind = 'customer' and m.email ilike '%@' || d.domain
        where c.id = $2
      union select m.id, null, a.id from contacts c join accounts a on a.id = c.account_id
        join mirror_objects m on m.stripe_account = $1 and m.kind = 'customer' and m.name ilike split_part(a.name, ' ', 1) || '%'
        where c.id = $2`,
    values: [account, uuidOf(contactId), contactId],
  })
  return present(rows)
}

type Subjects = {
  contacts: Map<string, LinkInput['contact']>
  accounts: Map<string, NonNullable<LinkInput['account']>>
}

/** The contacts and accounts of these pairs, as the rule weighs them. */
export async function subjectsOf(desk: Desk, pairs: readonly Pair[]): Promise<Subjects> {
  const contactIds = [...new Set(pairs.flatMap(({ contactId }) => contactId ?? []))]
  const accountIds = [...new Set(pairs.flatMap(({ accountId }) => accountId ?? []))]
  const { rows: contacts } = await desk.connection.query<{
    id: string
    name: string
    emails: { value: string; verified: Verification }[] | null
  }>({
    name: 'link-contacts',
    text: `select c.id, c.name, (select json_agg(json_build_object('value', i.value, 'verified', i.verified))
        from contact_identities i where i.contact_id = c.id and i.kind = 'email') as emails
      from contacts c where c.id = any($1::uuid[])`,
    values: [contactIds.map(uuidOf)],
  })
  const { rows: accounts } = await desk.connection.query<{
    id: string
    name: string
    domains: { domain: string; confirmed: boolean }[] | null
  }>({
    name: 'link-accounts',
    text: `select a.id, a.name, (select json_agg(json_build_object('domain', d.domain, 'confirmed', d.confirmed))
        from account_domains d where d.account_id = a.id) as domains
      from accounts a where a.id = any($1::uuid[])`,
    values: [accountIds.map(uuidOf)],
  })
  return {
    contacts: new Map(
      contacts.map((row) => {
        const id = idOf('con', row.id)
        return [id, { id, name: row.name, emails: row.emails ?? [] }]
      }),
    ),
    accounts: new Map(
      accounts.map((row) => {
        const id = idOf('acc', row.id)
        return [id, { id, name: row.name, domains: row.domains ?? [] }]
      }),
    ),
  }
}
