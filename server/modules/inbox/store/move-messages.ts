import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/** Every table that says of a message which ticket it is in. A test compares the list with the database. */
export const tablesOfMessages = {
  messages: 'id',
  attachments: 'message_id',
  deliveries: 'message_id',
  message_search: 'message_id',
  receipts: 'message_id',
} as const

/** Puts messages, and everything that follows them, into another ticket. The caller holds both tickets. */
export async function moveMessageRows(desk: Desk, messageIds: readonly string[], to: Id<'tkt'>): Promise<void> {
  for (const [table, column] of Object.entries(tablesOfMessages))
    await desk.connection.query({
      name: `move-${table}`,
      text: `update ${table} set ticket_id = $2 where ${column} = any($1::uuid[])`,
      values: [messageIds.map(uuidOf), uuidOf(to)],
    })
}

/** Puts drafts of agents, with the files uploaded for them, into another ticket where they have none; says whose went. */
export async function moveDrafts(
  desk: Desk,
  from: Id<'tkt'>,
  to: Id<'tkt'>,
  which: { agentIds?: readonly string[]; unchangedSince?: Temporal.Instant } = {},
): Promise<Id<'agt'>[]> {
  const { rows } = await desk.connection.query<{ agent_id: string; attachment_ids: string[] }>({
    name: 'move-drafts',
    text: `update drafts d set ticket_id = $2 where ticket_id = $1
        and ($3::uuid[] is null or agent_id = any($3)) and ($4::timestamptz is null or updated_at <= $4)
        and not exists (select from drafts o where o.ticket_id = $2 and o.agent_id = d.agent_id)
      returning agent_id, attachment_ids`,
    values: [uuidOf(from), uuidOf(to), which.agentIds?.map(uuidOf) ?? null, which.unchangedSince?.toString() ?? null],
  })
  await desk.connection.query({
    name: 'move-draft-files',
    text: 'update attachments set ticket_id = $2 where id = any($1::uuid[]) and message_id is null',
    values: [rows.flatMap((row) => row.attachment_ids), uuidOf(to)],
  })
  return rows.map((row) => idOf('agt', row.agent_id))
}
