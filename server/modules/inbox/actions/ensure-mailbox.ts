import type { Desk } from '#server/desk.ts'
import { defaultTeamId } from '#modules/team/index.ts'
import { newId, uuidOf } from '#platform/ids.ts'

/** Makes the first mailbox when there is none with this address. Safe at every start. */
export async function ensureMailbox(desk: Desk, address: string, name: string): Promise<void> {
  await desk.transaction(async (tx) => {
    const id = newId('box', tx.now())
    const { rowCount } = await tx.connection.query(
      `insert into sources (id, channel, address, name, team_id, created_at) values ($1, 'email', $2, $3, $4, $5)
       on conflict (address) do nothing`,
      [uuidOf(id), address.toLowerCase(), name, uuidOf(await defaultTeamId(tx)), tx.now().toString()],
    )
    if (rowCount === 1) await tx.emit({ type: 'mailbox.created', data: { mailboxId: id } })
  })
}
