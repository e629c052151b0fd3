import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/** Keeps that an absence notice came, and the last day away where it says so. */
export async function insertAbsence(
  desk: Desk,
  notice: { messageId: Id<'msg'>; email: string; until: Temporal.PlainDate | null },
): Promise<void> {
  await desk.connection.query({
    name: 'insert-absence',
    text: `insert into absences (message_id, email, until, noted_at) values ($1, $2, $3, $4)`,
    values: [uuidOf(notice.messageId), notice.email, notice.until?.toString() ?? null, desk.now().toString()],
  })
}
