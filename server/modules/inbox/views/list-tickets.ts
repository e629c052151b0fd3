import { createHash } from 'node:crypto'
import type { listTickets as endpoint } from '#contract/inbox.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { presentTicketRow, ticketRowColumns, ticketRowJoins, type TicketRecord } from './ticket-row.ts'
import { standsAlone, viewDefinitions, type Order } from './view-definitions.ts'

type Query = QueryOf<typeof endpoint>

/** A page of a view or of a filter, in one statement over the index of its order. */
export async function listTickets(desk: Desk, query: Query) {
  const limit = query.limit ?? 50
  const view = query.view ? viewDefinitions[query.view] : undefined
  const order = view?.order ?? 'updated'
  const values: unknown[] = [teamsOf(desk.actor)]
  const add = (value: unknown) => `$${values.push(value)}`
  const where = [visibleTickets('t', 1), standsAlone]
  if (view) where.push(view.where.replace('$agent', () => add(desk.actor.agentId ? uuidOf(desk.actor.agentId) : null)))
  if (query.status) where.push(`t.status = ${add(query.status)}`)
  if (query.assigneeId) where.push(`t.assignee_id = ${add(uuidOf(query.assigneeId))}`)
  if (query.teamId) where.push(`t.team_id = ${add(uuidOf(query.teamId))}`)
  if (query.requesterId) where.push(`t.requester_id = ${add(uuidOf(query.requesterId))}`)
  if (query.accountId) where.push(`t.account_id = ${add(uuidOf(query.accountId))}`)
  const after = parseCursor(query.cursor)
  if (after) where.push(afterCondition(order, after, add))
  // The page is cut before the joins, so that a join never reads a row that is not shown. The limit is written out: the
  // planner must know that few rows are wanted, also for a statement it has prepared.
  const text = `with page as (
      select t.* from tickets t where ${where.join(' and ')} order by ${orderBy[order]} limit ${limit + 1}
    )
    select ${ticketRowColumns} from page t ${ticketRowJoins} order by ${orderBy[order]}`
  const { rows } = await desk.connection.query<TicketRecord>({ ...prepared(text, query), text, values })
  return pageOf(rows, limit, (row) => [sortKey(order, row), idOf('tkt', row.id)], presentTicketRow)
}

/** Pages of views are asked for all the time; planning them anew would cost more than reading them. */
function prepared(text: string, { view, limit = 50 }: Query): { name?: string } {
  if (!view || limit !== 50) return {}
  return { name: `view ${createHash('sha1').update(text).digest('hex')}` }
}

const urgency = `coalesce(t.urgent_at, 'infinity'::timestamptz)`

const orderBy: Record<Order, string> = {
  urgent: `${urgency} asc, t.id asc`,
  updated: 't.updated_at desc, t.id desc',
  solved: 't.solved_at desc, t.id desc',
}

function sortKey(order: Order, row: TicketRecord): string | null {
  if (order === 'urgent') return row.urgent_at?.toString() ?? null
  return (order === 'solved' ? row.solved_at : row.updated_at)?.toString() ?? null
}

type After = { at: string | null; id: string }

function parseCursor(cursor: string | undefined): After | undefined {
  const key = decodeCursor(cursor, 2)
  if (!key) return undefined
  const [at, id] = key
  try {
    if (typeof id !== 'string' || !/^tkt_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id)) throw new Error('not an id')
    return { at: at === null ? null : storableInstant(String(at)).toString(), id }
  } catch {
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  }
}

function afterCondition(order: Order, after: After, add: (value: unknown) => string): string {
  const id = add(uuidOf(after.id))
  if (order !== 'urgent') return `(t.${order}_at, t.id) < (${add(after.at)}::timestamptz, ${id}::uuid)`
  return `(${urgency}, t.id) > (${add(after.at ?? 'infinity')}::timestamptz, ${id}::uuid)`
}
