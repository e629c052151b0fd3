import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { newId, uuidOf } from '#platform/ids.ts'

/** Stores a password already hashed by sign-in's own function, inside the transaction of what allows it. */
export async function setPassword(desk: Desk, agentId: Id<'agt'>, passwordHash: string): Promise<void> {
  const now = desk.now()
  const uuid = uuidOf(agentId)
  await desk.connection.query(
    `insert into agent_credentials (id, agent_id, account_id, provider_id, password, created_at, updated_at)
     values ($1, $2::uuid, $2::uuid::text, 'credential', $3, $4, $4)
     on conflict (agent_id, provider_id) do update set password = excluded.password, updated_at = excluded.updated_at`,
    [uuidOf(newId('agt', now)), uuid, passwordHash, now.toString()],
  )
  await endSessions(desk, agentId)
}

/** Signs an agent out everywhere. */
export async function endSessions(desk: Desk, agentId: Id<'agt'>): Promise<void> {
  await desk.connection.query('delete from agent_sessions where agent_id = $1', [uuidOf(agentId)])
  // Devices that were trusted to skip the second factor, and challenges under way.
  await desk.connection.query('delete from agent_verifications where value = $1', [uuidOf(agentId)])
}
