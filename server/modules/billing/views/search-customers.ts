import type { searchBillingCustomers as endpoint } from '#contract/billing.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { onEachAccount } from '../stripe-accounts.ts'
import { storableInstant } from '#platform/instants.ts'

type Row = { id: string; account: string; name: string | null; email: string | null; created: Temporal.Instant | null }

/** Customers of the mirror by id, e-mail or name, newest first. */
export async function searchCustomers(desk: Desk, query: QueryOf<typeof endpoint>) {
  const limit = query.limit ?? 20
  const after = placeOf(query.cursor)
  const { rows } = await desk.connection.query<Row>(
    `select id, stripe_account as account, name, email, created from mirror_objects
     where stripe_account = any($1) and kind = 'customer' and not deleted and data is not null
       and (id = $2 or email ilike $3 or name ilike $3)
       and ($4::timestamptz is null or (created, id) < ($4, $5::text))
     order by created desc nulls last, id desc nulls last limit $6`,
    [
      (await onEachAccount(desk)).map(({ ports }) => ports.payments.account),
      query.q,
      `%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ],
  )
  return pageOf(
    rows,
    limit,
    (row) => [row.created?.toString() ?? null, row.id],
    ({ id, account, name, email }) => ({ id, account, name, email }),
  )
}

function placeOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const key = decodeCursor(cursor, 2)
  if (!key) return undefined
  const [at, id] = key
  try {
    if (typeof id === 'string') return { at: storableInstant(String(at)).toString(), id }
  } catch {
    // Falls through to the refusal.
  }
  throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
}
