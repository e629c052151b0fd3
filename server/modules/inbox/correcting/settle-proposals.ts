import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/** A message that wanted a ticket of its own has it now, or wants it again. */
export async function settleProposals(desk: Desk, messageIds: readonly string[], to: 'split' | 'open'): Promise<void> {
  await desk.connection.query({
    name: 'settle-proposals',
    text: `update messages set proposal = proposal || jsonb_build_object('state', $2::text)
      where id = any($1::uuid[]) and proposal ->> 'state' = $3`,
    values: [messageIds.map(uuidOf), to, to === 'split' ? 'open' : 'split'],
  })
}
