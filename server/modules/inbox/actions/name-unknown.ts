import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { interrupted } from './deliver.ts'
import { recordDelivery } from './record-delivery.ts'

/**
 * Names the deliveries whose process died between dot and answer. The job that began such a delivery starts over and does
 * the same; this is for those whose job is gone.
 */
export async function nameUnknown(desk: Desk): Promise<void> {
  const { rows } = await desk.connection.query<{ message_id: string; attempts: number }>({
    name: 'abandoned-deliveries',
    text: `select d.message_id, d.attempts from deliveries d where d.state = 'handing_over' and d.at < $1
      and not exists (select from worker_processes w where w.id = d.worker) order by d.at limit 200`,
    values: [desk.now().subtract({ minutes: 2 }).toString()],
  })
  for (const row of rows) {
    const messageId: Id<'msg'> = idOf('msg', row.message_id)
    await recordDelivery(desk, { messageId, attempt: row.attempts }, interrupted)
  }
}
