import type { Desk } from '#server/desk.ts'

const batch = 500
const hoursKept = 24

const isInDraft = 'exists (select from drafts d where a.id::text = any(d.attachment_ids))'

/**
 * Forgets files that were uploaded a day ago or longer and that no message and no draft names; their content goes with the
 * next sweep of blobs. Resolves to how many there were, at most 500.
 *
 * Whoever saves a draft or sends a message holds the rows of its files until it commits: those are left for the next night.
 * What was saved just before a row was taken here is seen by the second look only.
 */
export async function sweepUploads(desk: Desk): Promise<number> {
  const before = desk.now().subtract({ hours: hoursKept })
  return desk.transaction(async (tx) => {
    const { rows } = await tx.connection.query<{ id: string }>({
      name: 'uploads-to-sweep',
      text: `select id from attachments a where message_id is null and created_at <= $1 and not ${isInDraft}
        order by created_at, id limit ${batch} for update skip locked`,
      values: [before.toString()],
    })
    if (rows.length === 0) return 0
    const { rowCount } = await tx.connection.query({
      name: 'sweep-uploads',
      text: `delete from attachments a where id = any($1::uuid[]) and not ${isInDraft}`,
      values: [rows.map(({ id }) => id)],
    })
    return rowCount ?? 0
  })
}
