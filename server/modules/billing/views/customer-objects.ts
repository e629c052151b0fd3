import type { Desk } from '#server/desk.ts'
import type { MirrorKind } from '../ports.ts'
import type { ChargeFacts, InvoiceFacts, SubscriptionFacts } from '../rules/facts.ts'
import { invoiceFacts } from '../rules/mirror-invoice.ts'
import { chargeFacts, type Read } from '../rules/mirror-object.ts'
import { subscriptionFacts } from '../rules/mirror-subscription.ts'

/** What a facts pane shows of one customer, newest first. */
export type CustomerObjects = {
  subscriptions: SubscriptionFacts[]
  charges: ChargeFacts[]
  invoices: InvoiceFacts[]
  /** When everything of theirs was last listed; null before the first time. */
  listedAt: Temporal.Instant | null
  /** Something of theirs was hinted at and is not read yet. */
  waiting: boolean
}

type Row = {
  kind: MirrorKind
  customer_id: string
  data: unknown
  listed_at: Temporal.Instant | null
  waiting: boolean
}

const most = 24

/** Subscriptions, charges and invoices of these customers in one query; lines of invoices stay where they are, they are long. */
export async function customerObjects(
  desk: Desk,
  account: string,
  customers: readonly string[],
): Promise<Map<string, CustomerObjects>> {
  const { rows } = await desk.connection.query<Row>({
    name: 'customer-objects',
    text: `select o.kind, c.id as customer_id, o.listed_at, o.waiting,
        case o.kind when 'invoice' then jsonb_set(o.data, '{lines}', '{"data": [], "has_more": true}')
          when 'customer' then null else o.data end as data
      from unnest($2::text[]) as c(id) cross join unnest(array['customer', 'subscription', 'charge', 'invoice']) as k(kind)
      cross join lateral (select m.kind, m.data, m.listed_at,
          m.hinted_mark is not null and (m.kept_mark is null or m.kept_mark <= m.hinted_mark) as waiting
        from mirror_objects m
        where m.stripe_account = $1 and m.customer_id = c.id and m.kind = k.kind and not m.deleted and m.data is not null
        order by m.created desc nulls last limit $3) o`,
    values: [account, customers, most],
  })
  const found = new Map<string, CustomerObjects>()
  for (const row of rows) {
    const one = found.get(row.customer_id) ?? {
      subscriptions: [],
      charges: [],
      invoices: [],
      listedAt: null,
      waiting: false,
    }
    found.set(row.customer_id, one)
    one.waiting ||= row.waiting
    if (row.kind === 'customer') one.listedAt = row.listed_at
    else if (row.kind === 'subscription') add(one.subscriptions, subscriptionFacts(row.data))
    else if (row.kind === 'charge') add(one.charges, chargeFacts(row.data))
    else add(one.invoices, invoiceFacts(row.data))
  }
  return found
}

/** What cannot be read is not shown; the explainer and the refund say why. */
function add<T>(list: T[], read: Read<T>): void {
  if (read.ok) list.push(read.facts)
}
