import type { Import, listImports as endpoint } from '#contract/imports.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

type Row = Omit<Import, 'id' | 'mailbox' | 'createdAt' | 'endedAt'> & {
  id: string
  source_id: string
  address: string
  created_at: Temporal.Instant
  ended_at: Temporal.Instant | null
}

const columns = `i.id, i.source_id, s.address, i.name, i.kind, i.state, i.total, i.done, i.read, i.filed, i.duplicates, i.parked,
  i.left_out as "leftOut", i.removed, i.kept, i.trouble, i.created_at, i.ended_at`

export async function readImportView(desk: Desk, id: Id<'imp'>): Promise<Import> {
  const { rows } = await desk.connection.query<Row>({
    name: 'import-view',
    text: `select ${columns} from imports i join sources s on s.id = i.source_id where i.id = $1`,
    values: [uuidOf(id)],
  })
  if (!rows[0]) throw notFound('import')
  return present(rows[0])
}

/** Imports, newest first. */
export async function listImports(desk: Desk, query: QueryOf<typeof endpoint>) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<Row>({
    name: 'imports',
    text: `select ${columns} from imports i join sources s on s.id = i.source_id
      where $1::timestamptz is null or (i.created_at, i.id) < ($1, $2::uuid) order by i.created_at desc, i.id desc limit $3`,
    values: [after?.at.toString() ?? null, after ? uuidOf(after.id) : null, limit + 1],
  })
  return pageOf(rows, limit, (row) => [row.created_at.toString(), idOf('imp', row.id)], present)
}

function present({ id, source_id, address, created_at, ended_at, ...row }: Row): Import {
  return {
    ...row,
    id: idOf('imp', id),
    mailbox: { id: idOf('box', source_id), address },
    createdAt: created_at.toString(),
    endedAt: ended_at?.toString() ?? null,
  }
}
