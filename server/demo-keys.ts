import type { Id } from '#contract/ids.ts'
import { demoAgents, type AgentKey } from '../demo/company.ts'
import { deskApi, type DeskApi } from '../demo/outside/desk-api.ts'
import type { Desk } from './desk.ts'
import { createApiKey, revokeApiKey } from '#modules/team/actions/create-api-key.ts'
import { permissionsOf } from '#modules/team/index.ts'
import { idOf } from '#platform/ids.ts'

const keyName = 'Demo story'

/** A key for each of the demo's people, with which their part of the story is told. Earlier ones end. */
export async function makeDemoKeys(desk: Desk, deskUrl: string): Promise<Map<AgentKey, DeskApi>> {
  await endDemoKeys(desk)
  const apis = new Map<AgentKey, DeskApi>()
  for (const { key, name, email, roles } of demoAgents) {
    const { rows } = await desk.connection.query<{ id: string }>('select id from agents where email = $1', [email])
    const role = roles[0]
    if (!rows[0] || !role) continue
    const agentId: Id<'agt'> = idOf('agt', rows[0].id)
    const permissions = permissionsOf(roles)
    const themselves = desk.as({ kind: 'agent', id: agentId, agentId, name, roles, permissions, visible: 'all' })
    const { secret } = await createApiKey(themselves, { name: keyName, role })
    apis.set(key, deskApi(deskUrl, secret))
  }
  return apis
}

export async function endDemoKeys(desk: Desk): Promise<void> {
  const { rows } = await desk.connection.query<{ id: string }>(
    'select id from api_keys where name = $1 and revoked_at is null',
    [keyName],
  )
  for (const { id } of rows) await revokeApiKey(desk, idOf('key', id))
}
