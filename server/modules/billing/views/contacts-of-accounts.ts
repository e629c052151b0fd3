import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/** Some contact of each account: through it the account's own customers are found. */
export async function contactsOfAccounts(desk: Desk, accounts: readonly Id<'acc'>[]): Promise<Id<'con'>[]> {
  if (accounts.length === 0) return []
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'contacts-of-accounts',
    text: `select distinct on (account_id) id from contacts where account_id = any($1::uuid[]) order by account_id, id`,
    values: [accounts.map(uuidOf)],
  })
  return rows.map((row) => idOf('con', row.id))
}
