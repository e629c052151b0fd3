import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { newSecret } from '#platform/secrets.ts'
import { covers } from '../rules/permissions.ts'

/**
 * Makes a key that acts as the one who asks, and returns its secret, this once. Its role must be covered by theirs. A key
 * made with the key of the environment has no owner either: it is made by whoever runs the machine.
 */
export async function createApiKey(
  desk: Desk,
  { name, role }: { name: string; role: Role },
): Promise<{ keyId: Id<'key'>; secret: string }> {
  const { agentId, roles } = desk.actor
  if (agentId && !covers(roles, role))
    throw new DeskError('forbidden', `A key acts as you, and you may not do all that the role ${role} may.`)
  return desk.transaction(async (desk) => {
    const keyId = newId('key', desk.now())
    const { secret, hash } = newSecret('mst')
    await desk.connection.query(
      'insert into api_keys (id, name, role, owner_id, hint, hash, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [uuidOf(keyId), name, role, agentId && uuidOf(agentId), secret.slice(0, 8), hash, desk.now().toString()],
    )
    await desk.emit({ type: 'api_key.created', data: { keyId, role, ownerId: agentId } })
    return { keyId, secret }
  })
}

/** Ends a key at once. One that is ended already stays so. */
export async function revokeApiKey(desk: Desk, keyId: Id<'key'>): Promise<void> {
  await desk.transaction(async (desk) => {
    const { rows } = await desk.connection.query<{ revoked: boolean }>(
      'select revoked_at is not null as revoked from api_keys where id = $1 for update',
      [uuidOf(keyId)],
    )
    if (!rows[0]) throw notFound('API key')
    if (rows[0].revoked) return
    await desk.connection.query('update api_keys set revoked_at = $2 where id = $1', [
      uuidOf(keyId),
      desk.now().toString(),
    ])
    await desk.emit({ type: 'api_key.revoked', data: { keyId } })
  })
}
