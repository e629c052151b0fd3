import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { currentPosition, formatPosition, parsePosition, type Position } from '#platform/ledger/follow.ts'
import { readConnection, saveMatched } from '../store/connection.ts'
import { contactsOfAccounts } from '../views/contacts-of-accounts.ts'
import { matchContact } from './propose-links.ts'

const types = ['contact.created', 'contact.changed', 'contact.identity_verified', 'account.created', 'account.changed']
const batch = 200

/** Looks for customers of everybody who was met or changed since the last run, by following the ledger. */
export async function followCustomers(desk: Desk): Promise<void> {
  const { account } = desk.ports.payments
  const { matchedUpTo } = await readConnection(desk, account)
  const head = await currentPosition(desk.connection)
  // Contacts who were here before the first run are matched as their customers are mirrored.
  let position = parsePosition(matchedUpTo ?? undefined)
  while (position) {
    const events = await readSubjects(desk, position)
    const contacts = events.flatMap(({ contactId }) => contactId ?? [])
    const accounts = events.flatMap(({ contactId, accountId }) => (contactId ? [] : (accountId ?? [])))
    for (const contactId of new Set([...contacts, ...(await contactsOfAccounts(desk, accounts))]))
      await matchContact(desk, contactId)
    const last = events.at(-1)
    position = events.length === batch ? last?.position : undefined
    if (position) await saveMatched(desk, account, formatPosition(position))
  }
  await saveMatched(desk, account, formatPosition(head))
}

type Row = { tx: string; seq: number; contact_id: string | null; account_id: string | null }
type Subject = { position: Position; contactId: Id<'con'> | null; accountId: Id<'acc'> | null }

/** Only what every reader can see whole, so that a late commit is not skipped. */
async function readSubjects(desk: Desk, after: Position): Promise<Subject[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'billing-follow',
    text: `select tx::text as tx, seq, contact_id, account_id from events
      where (tx, seq) > ($1::xid8, $2::bigint) and type = any($3) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by events.tx, events.seq limit $4`,
    values: [after.tx, after.seq, types, batch],
  })
  return rows.map((row) => ({
    position: { tx: row.tx, seq: row.seq },
    contactId: row.contact_id ? idOf('con', row.contact_id) : null,
    accountId: row.account_id ? idOf('acc', row.account_id) : null,
  }))
}
