import type { Desk } from '#server/desk.ts'
import type { MirrorKind } from '../ports.ts'

export type MirroredObject = {
  kind: MirrorKind
  id: string
  data: unknown
  customerId: string | null
  deleted: boolean
}

const columns = 'kind, id, data, customer_id as "customerId", deleted'

/** Objects of one kind by id, as JSON; those never read are left out. */
export async function readObjects(
  desk: Desk,
  account: string,
  kind: MirrorKind,
  ids: readonly string[],
): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map()
  const { rows } = await desk.connection.query<{ id: string; data: unknown }>({
    name: 'mirror-by-id',
    text: `select id, data from mirror_objects
      where stripe_account = $1 and kind = $2 and id = any($3) and data is not null`,
    values: [account, kind, ids],
  })
  return new Map(rows.map((row) => [row.id, row.data]))
}

/** Objects that point at one of these ids. */
export async function readReferring(
  desk: Desk,
  account: string,
  refs: readonly string[],
  kinds: readonly MirrorKind[],
): Promise<MirroredObject[]> {
  if (refs.length === 0) return []
  const { rows } = await desk.connection.query<MirroredObject>({
    name: 'mirror-by-ref',
    text: `select ${columns} from mirror_objects
      where refs && $2 and stripe_account = $1 and kind = any($3) and data is not null and not deleted`,
    values: [account, refs, kinds],
  })
  return rows
}

/** Whether the mirror has heard of this customer. */
export async function knowsCustomer(desk: Desk, account: string, customer: string): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'mirror-knows-customer',
    text: `select from mirror_objects where stripe_account = $1 and kind = 'customer' and id = $2 and data is not null and not deleted`,
    values: [account, customer],
  })
  return rowCount === 1
}
