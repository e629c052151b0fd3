import type { CustodyItem, listCustodyItems as endpoint } from '#contract/custody.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import { teamsOf, visibleTeams } from '../visible.ts'
import { custodyColumns, custodyHidden, custodyJoins, presentCustody, type CustodyRow } from './custody-row.ts'

type Query = QueryOf<typeof endpoint>

/**
 * Items that arrived, newest first, over every disposition. Who may not see a ticket does not find its mail by sender,
 * recipient or subject either.
 */
export async function listCustodyItems(desk: Desk, query: Query) {
  const limit = query.limit ?? 50
  const values: unknown[] = [teamsOf(desk.actor)]
  const add = (value: unknown) => `$${values.push(value)}`
  const where = [visibleTeams('s.team_id', 1), ...conditions(query, add)]
  // Named one by one, so that the planner sees how little a small mailbox holds and does not walk through all others.
  const own = await visibleSources(desk)
  if (own) where.push(`r.source_id = any(${add(own)}::uuid[])`)
  const after = decodeTimeCursor(query.cursor)
  if (after)
    where.push(`(r.received_at, r.id) < (${add(after.at.toString())}::timestamptz, ${add(uuidOf(after.id))}::uuid)`)
  // Not named: which index serves it depends on how frequent the words are, so each is planned by itself.
  const { rows } = await desk.connection.query<CustodyRow>(
    `select ${custodyColumns} from receipts r ${custodyJoins} where ${where.join(' and ')}
     order by r.received_at desc, r.id desc limit ${add(limit + 1)}`,
    values,
  )
  return pageOf(rows, limit, (row) => [row.received_at.toString(), idOf('itm', row.id)], presentCustody)
}

/** The mailboxes the actor may see, of whoever may not see all. */
async function visibleSources(desk: Desk): Promise<string[] | null> {
  const teams = teamsOf(desk.actor)
  if (!teams) return null
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'visible-sources',
    text: 'select id from sources where team_id = any($1::uuid[])',
    values: [teams],
  })
  return rows.map(({ id }) => id)
}

function conditions(query: Query, add: (value: unknown) => string): string[] {
  const where: string[] = []
  const { sender, recipient, subject } = query
  if (sender) where.push(senderIs(sender.toLowerCase(), add))
  if (recipient) where.push(`(r.envelope ->> 'to') ilike ${add(containing(recipient))}`)
  for (const word of (subject ?? '').split(/\s+/).filter(Boolean).slice(0, 20))
    where.push(`r.subject ilike ${add(containing(word))}`)
  if (sender || recipient || subject) where.push(`not ${custodyHidden}`)
  if (query.messageId) where.push(`r.provider_id = ${add(query.messageId.replace(/^<|>$/g, ''))}`)
  if (query.from) where.push(`r.received_at >= ${add(instant('from', query.from))}::timestamptz`)
  if (query.to) where.push(`r.received_at < ${add(instant('to', query.to))}::timestamptz`)
  if (query.disposition) where.push(`r.disposition = ${add(query.disposition)}`)
  if (query.sourceId) where.push(`r.source_id = ${add(uuidOf(query.sourceId))}`)
  if (query.flagged) where.push(query.flagged === 'true' ? 'r.flagged' : 'not r.flagged')
  return where
}

/** A whole address by its own index, which ten thousand mails of one person do not slow down; else any part of it. */
function senderIs(sender: string, add: (value: unknown) => string): string {
  return /^[^\s@%]+@[^\s@]+\.[^\s@.]{2,}$/.test(sender)
    ? `lower(r.from_address) = ${add(sender)}`
    : `r.from_address ilike ${add(containing(sender))}`
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

function instant(name: string, time: string): string {
  try {
    return storableInstant(time).toString()
  } catch {
    throw new DeskError('invalid_request', `query.${name}: is not a time that can be looked for.`)
  }
}

export async function readCustodyItem(desk: Desk, id: Id<'itm'>): Promise<CustodyItem> {
  return presentCustody(await readCustodyRow(desk, id))
}

/** The row of an item in a mailbox that may be seen. */
export async function readCustodyRow(desk: Desk, id: Id<'itm'>): Promise<CustodyRow> {
  const { rows } = await desk.connection.query<CustodyRow>({
    name: 'custody-item',
    text: `select ${custodyColumns} from receipts r ${custodyJoins} where r.id = $2 and ${visibleTeams('s.team_id', 1)}`,
    values: [teamsOf(desk.actor), uuidOf(id)],
  })
  if (!rows[0]) throw notFound('item')
  return rows[0]
}

/** Refuses, as not found, an item of a mailbox the actor may not see. */
export async function requireCustodyItem(desk: Desk, id: Id<'itm'>): Promise<void> {
  await readCustodyRow(desk, id)
}

/** Refuses an item whose content the actor may not see: its mailbox, or the ticket it became, is another team's. */
export async function requireCustodyContent(desk: Desk, id: Id<'itm'>): Promise<void> {
  const { hidden } = await readCustodyRow(desk, id)
  if (hidden) throw new DeskError('forbidden', 'This mail belongs to a ticket of a team you are not in.')
}
