import type { BillingLink } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

type Row = {
  id: string
  stripe_account: string
  customer_id: string
  name: string | null
  email: string | null
  owner_kind: BillingLink['owner']['kind']
  owner_id: string
  state: BillingLink['state']
  reason: string
  strength: BillingLink['strength']
  decided_by_name: string | null
}

const selected = `select l.id, l.stripe_account, l.customer_id, m.name, m.email, l.owner_kind, l.owner_id, l.state, l.reason, l.strength, l.decided_by_name
  from billing_links l
  left join mirror_objects m on m.stripe_account = l.stripe_account and m.kind = 'customer' and m.id = l.customer_id`

function present(row: Row): BillingLink {
  return {
    id: idOf('lnk', row.id),
    account: row.stripe_account,
    customer: row.customer_id,
    customerName: row.name,
    customerEmail: row.email,
    owner: { kind: row.owner_kind, id: row.owner_id },
    state: row.state,
    reason: row.reason,
    strength: row.strength,
    decidedBy: row.decided_by_name,
  }
}

export async function readLink(desk: Desk, id: Id<'lnk'>): Promise<BillingLink> {
  const { rows } = await desk.connection.query<Row>({
    name: 'read-link',
    text: `${selected} where l.id = $1 and l.stripe_account = $2`,
    values: [uuidOf(id), desk.ports.payments.account],
  })
  if (!rows[0]) throw notFound('billing link')
  return present(rows[0])
}

/** Links of a contact and of the account it is in, the surest first; rejected ones left out. */
export async function linksOf(desk: Desk, contactId: Id<'con'>, accountId: Id<'acc'> | null): Promise<BillingLink[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'links-of-contact',
    text: `${selected} where l.stripe_account = $1 and l.state <> 'rejected'
        and ((l.owner_kind = 'contact' and l.owner_id = $2) or (l.owner_kind = 'account' and l.owner_id = $3))
      order by l.state, array_position(array['certain', 'strong', 'weak'], l.strength), l.created_at limit 20`,
    values: [desk.ports.payments.account, contactId, accountId ?? ''],
  })
  return rows.map(present)
}
