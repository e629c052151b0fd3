import type { Connection } from '../db.ts'
import { idOf } from '../ids.ts'

/** A place in the ledger. Order is (transaction, sequence), so that a late commit is never behind a reader. */
export type Position = { tx: string; seq: number }

export type FollowedEvent = {
  position: Position
  type: string
  ticketId: string | null
  contactId: string | null
  operationId: string | null
  actorId: string | null
}

type Row = {
  tx: string
  seq: number
  type: string
  ticket_id: string | null
  contact_id: string | null
  operation_id: string | null
  actor_id: string | null
}

/** Events after a position, of transactions that every reader can see whole; at most `limit`. */
export async function readAfter(connection: Connection, after: Position, limit: number): Promise<FollowedEvent[]> {
  const { rows } = await connection.query<Row>({
    name: 'follow-events',
    text: `select tx::text as tx, seq, type, ticket_id, contact_id, operation_id, actor_id from events
      where (tx, seq) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by events.tx, events.seq limit $3`,
    values: [after.tx, after.seq, limit],
  })
  return rows.map((row) => ({
    position: { tx: row.tx, seq: row.seq },
    type: row.type,
    ticketId: row.ticket_id && idOf('tkt', row.ticket_id),
    contactId: row.contact_id && idOf('con', row.contact_id),
    operationId: row.operation_id && idOf('op', row.operation_id),
    actorId: row.actor_id,
  }))
}

/** Where a reader starts that only wants what comes from now on. */
export async function currentPosition(connection: Connection): Promise<Position> {
  const { rows } = await connection.query<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as tx')
  return { tx: String(BigInt(rows[0]?.tx ?? '1') - 1n), seq: Number.MAX_SAFE_INTEGER }
}

export function parsePosition(text: string | undefined): Position | undefined {
  const match = /^(\d{1,20})-(\d{1,16})$/.exec(text ?? '')
  return match ? { tx: match[1] as string, seq: Number(match[2]) } : undefined
}

export function formatPosition(position: Position): string {
  return `${position.tx}-${position.seq}`
}
