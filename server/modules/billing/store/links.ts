import type { BillingLink } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import type { LinkProposal } from '../rules/link-evidence.ts'

export type StoredLink = {
  id: Id<'lnk'>
  customer: string
  owner: BillingLink['owner']
  state: BillingLink['state']
  evidence: string
  strength: BillingLink['strength']
  reason: string
}

type Row = {
  id: string
  customer_id: string
  owner_kind: BillingLink['owner']['kind']
  owner_id: string
  state: BillingLink['state']
  evidence: string
  strength: BillingLink['strength']
  reason: string
}

/** The surest first. */
const strengths = `array['certain', 'strong', 'weak']`

const columns = 'id, customer_id, owner_kind, owner_id, state, evidence, strength, reason'

function present(row: Row): StoredLink {
  return {
    id: idOf('lnk', row.id),
    customer: row.customer_id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    state: row.state,
    evidence: row.evidence,
    strength: row.strength,
    reason: row.reason,
  }
}

/** Links of these customers, in any state. */
export async function linksOfCustomers(
  desk: Desk,
  account: string,
  customers: readonly string[],
): Promise<StoredLink[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'links-of-customers',
    text: `select ${columns} from billing_links where stripe_account = $1 and customer_id = any($2) order by created_at, id`,
    values: [account, customers],
  })
  return rows.map(present)
}

/** The customer a contact, or the account they are in, is confirmed to be; null when none is. */
export async function confirmedCustomerOf(
  desk: Desk,
  contact: { id: Id<'con'>; account: { id: Id<'acc'> } | null },
): Promise<string | null> {
  const { rows } = await desk.connection.query<{ customer_id: string }>({
    name: 'confirmed-customer',
    text: `select customer_id from billing_links where stripe_account = $1 and state = 'confirmed'
      and ((owner_kind = 'contact' and owner_id = $2) or (owner_kind = 'account' and owner_id = $3))
      order by (owner_kind = 'contact') desc, created_at, id limit 1`,
    values: [desk.ports.payments.account, contact.id, contact.account?.id ?? null],
  })
  return rows[0]?.customer_id ?? null
}

/** Contacts whose facts pane shows one of these customers. */
export async function contactsOfCustomers(
  desk: Desk,
  account: string,
  customers: readonly string[],
): Promise<Id<'con'>[]> {
  if (customers.length === 0) return []
  const { rows } = await desk.connection.query<{ owner_id: Id<'con'> }>({
    name: 'contacts-of-customers',
    text: `select distinct owner_id from billing_links
      where stripe_account = $1 and customer_id = any($2) and owner_kind = 'contact' and state <> 'rejected'`,
    values: [account, customers],
  })
  return rows.map((row) => row.owner_id)
}

export async function lockLink(desk: Desk, id: Id<'lnk'>): Promise<StoredLink | undefined> {
  const { rows } = await desk.connection.query<Row>(
    `select ${columns} from billing_links where id = $1 and stripe_account = $2 for update`,
    [uuidOf(id), desk.ports.payments.account],
  )
  return rows[0] && present(rows[0])
}

/** Adds links that are not there yet, and puts stronger evidence in place of weaker where nobody has decided; returns both. */
export async function insertLinks(
  desk: Desk,
  account: string,
  proposals: readonly LinkProposal[],
): Promise<StoredLink[]> {
  if (proposals.length === 0) return []
  const now = desk.now().toString()
  const { rows } = await desk.connection.query<Row>({
    name: 'insert-links',
    text: `insert into billing_links (id, stripe_account, customer_id, owner_kind, owner_id, state, evidence, strength, reason, created_at)
      select l.id, $1, l.customer, l.kind, l.owner, l.state, l.evidence, l.strength, l.reason, $2
      from jsonb_to_recordset($3::jsonb) as l(id uuid, customer text, kind text, owner text, state text, evidence text,
        strength text, reason text)
      on conflict (stripe_account, customer_id, owner_kind, owner_id) do update set state = excluded.state,
        evidence = excluded.evidence, strength = excluded.strength, reason = excluded.reason
        where billing_links.state = 'proposed' and array_position(${strengths}, excluded.strength)
          < array_position(${strengths}, billing_links.strength)
      returning ${columns}`,
    values: [
      account,
      now,
      JSON.stringify(
        proposals.map((proposal) => ({
          id: uuidOf(newId('lnk', desk.now())),
          customer: proposal.customer,
          kind: proposal.owner.kind,
          owner: proposal.owner.id,
          state: proposal.state,
          evidence: proposal.evidence,
          strength: proposal.strength,
          reason: proposal.reason,
        })),
      ),
    ],
  })
  return rows.map(present)
}

/** Somebody's word about a link, made if there is none. */
export async function putLinkByHand(
  desk: Desk,
  link: { customer: string; contactId: Id<'con'>; reason: string },
): Promise<Id<'lnk'>> {
  const { rows } = await desk.connection.query<{ id: string }>(
    `insert into billing_links (id, stripe_account, customer_id, owner_kind, owner_id, state, evidence, strength, reason,
       decided_by, decided_by_name, decided_at, created_at)
     values ($1, $2, $3, 'contact', $4, 'confirmed', 'by_hand', 'strong', $5, $6, $7, $8, $8)
     on conflict (stripe_account, customer_id, owner_kind, owner_id) do update set state = 'confirmed', evidence = 'by_hand',
       strength = 'strong', reason = $5, decided_by = $6, decided_by_name = $7, decided_at = $8
     returning id`,
    [
      uuidOf(newId('lnk', desk.now())),
      desk.ports.payments.account,
      link.customer,
      link.contactId,
      link.reason,
      desk.actor.id,
      desk.actor.name,
      desk.now().toString(),
    ],
  )
  return idOf('lnk', rows[0]?.id ?? '')
}

export async function setLinkState(desk: Desk, id: Id<'lnk'>, state: 'confirmed' | 'rejected'): Promise<void> {
  await desk.connection.query(
    'update billing_links set state = $2, decided_by = $3, decided_by_name = $4, decided_at = $5 where id = $1',
    [uuidOf(id), state, desk.actor.id, desk.actor.name, desk.now().toString()],
  )
}
