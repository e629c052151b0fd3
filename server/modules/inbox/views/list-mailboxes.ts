import type { Mailbox } from '#contract/mailboxes.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { mailboxColumns, mailboxOf, type MailboxRow } from '../own-addresses.ts'

type Row = MailboxRow & {
  plus_state: Mailbox['plusState']
  plus_checked_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

const columns = `${mailboxColumns}, plus_state, plus_checked_at, created_at`

export async function listMailboxes(desk: Desk, query: { limit?: number | undefined; cursor?: string | undefined }) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<Row>(
    `select ${columns} from sources where $1::timestamptz is null or (created_at, id) > ($1, $2::uuid)
     order by created_at, id limit $3`,
    [after?.at.toString() ?? null, after ? uuidOf(after.id) : null, limit + 1],
  )
  return pageOf(rows, limit, (row) => [row.created_at.toString(), idOf('box', row.id)], present)
}

export async function readMailbox(desk: Desk, id: Id<'box'>): Promise<Mailbox> {
  const { rows } = await desk.connection.query<Row>(`select ${columns} from sources where id = $1`, [uuidOf(id)])
  if (!rows[0]) throw notFound('mailbox')
  return present(rows[0])
}

function present(row: Row): Mailbox {
  return {
    ...mailboxOf(row),
    plusState: row.plus_state,
    plusCheckedAt: row.plus_checked_at?.toString() ?? null,
    createdAt: row.created_at.toString(),
  }
}
