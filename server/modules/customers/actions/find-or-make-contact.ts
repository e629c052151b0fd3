import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { newId, idOf, uuidOf } from '#platform/ids.ts'
import { domainOf, isPublicMailDomain } from '../rules/public-mail.ts'

export type KnownContact = {
  id: Id<'con'>
  name: string
  segment: 'consumer' | 'enterprise'
  accountId: Id<'acc'> | null
  isNew: boolean
}

type Row = {
  id: string | null
  name: string | null
  segment: 'consumer' | 'enterprise' | null
  account_id: string | null
  domain_account: string | null
  domain_segment: 'consumer' | 'enterprise' | null
}

const lookup = `select c.id, c.name, c.segment, c.account_id, a.id as domain_account, a.segment as domain_segment
  from (select) one
  left join contact_identities i on i.kind = 'email' and i.value = $1
  left join contacts c on c.id = i.contact_id
  left join account_domains d on c.id is null and d.domain = $2 and d.confirmed
  left join accounts a on a.id = d.account_id`

// The identity goes first: when another transaction has it, no contact is made.
const make = `with identity as (
    insert into contact_identities (kind, value, contact_id, created_at) values ('email', $3, $1, $6)
    on conflict do nothing returning contact_id
  )
  insert into contacts (id, name, email, segment, account_id, created_at, updated_at)
  select contact_id, $2::text, $3, $4::text, $5::uuid, $6, $6 from identity`

/**
 * The contact behind a mail address, made when there is none. A new one joins the account whose confirmed domain it has;
 * the address itself stays unverified. Runs inside the caller's transaction and is safe when two mails of one
 * stranger arrive at once.
 */
export async function findOrMakeContact(
  desk: Desk,
  from: { email: string; name: string | null },
): Promise<KnownContact> {
  const email = from.email.toLowerCase()
  const seen = await find(desk, email)
  if (seen.known) return seen.known
  const id = newId('con', desk.now())
  const name = from.name?.trim().slice(0, 200) || email.slice(0, 200)
  const segment = seen.segment ?? 'consumer'
  const { rowCount } = await desk.connection.query({
    name: 'make-contact',
    text: make,
    values: [uuidOf(id), name, email, segment, seen.account, desk.now().toString()],
  })
  if (rowCount === 0) {
    const other = await find(desk, email)
    if (other.known) return other.known
    throw new Error('an identity appeared and vanished while a contact was made')
  }
  const accountId = seen.account ? idOf('acc', seen.account) : null
  await desk.emit({ type: 'contact.created', contactId: id, accountId, data: { segment } })
  return { id, name, segment, accountId, isNew: true }
}

/** The contact behind a mail address, where there is one. */
export async function findContact(desk: Desk, email: string): Promise<KnownContact | undefined> {
  return (await find(desk, email.toLowerCase())).known
}

type Seen = { known?: KnownContact; account: string | null; segment: 'consumer' | 'enterprise' | null }

/** Who has the address or, when nobody does, the account whose confirmed domain it has. */
async function find(desk: Desk, email: string): Promise<Seen> {
  const domain = domainOf(email)
  const { rows } = await desk.connection.query<Row>({
    name: 'contact-by-address',
    text: lookup,
    values: [email, domain && !isPublicMailDomain(domain) ? domain : null],
  })
  const [row] = rows
  if (!row?.id || !row.segment) return { account: row?.domain_account ?? null, segment: row?.domain_segment ?? null }
  return {
    account: row.account_id,
    segment: row.segment,
    known: {
      id: idOf('con', row.id),
      name: row.name ?? '',
      segment: row.segment,
      accountId: row.account_id ? idOf('acc', row.account_id) : null,
      isNew: false,
    },
  }
}
