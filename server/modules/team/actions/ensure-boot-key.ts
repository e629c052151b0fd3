import type { Desk } from '#server/desk.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import { hashSecret } from '#platform/secrets.ts'

/**
 * Makes ADMIN_API_KEY an admin-role key without an owner, good for as long as the variable holds it: another value, or none,
 * ends the one before. Idempotent.
 */
export async function ensureBootKey(desk: Desk, key: string | undefined): Promise<void> {
  const hash = key === undefined ? null : hashSecret(key)
  const now = desk.now()
  await desk.transaction(async (desk) => {
    const ended = await desk.connection.query<{ id: string }>(
      `update api_keys set revoked_at = $2 where boot and revoked_at is null and hash is distinct from $1 returning id`,
      [hash, now.toString()],
    )
    for (const { id } of ended.rows) await desk.emit({ type: 'api_key.revoked', data: { keyId: idOf('key', id) } })
    if (key === undefined) return
    const made = await desk.connection.query<{ id: string }>(
      `insert into api_keys as k (id, name, role, hint, hash, boot, created_at) values ($1, $2, 'admin', $3, $4, true, $5)
       on conflict (hash) do update set revoked_at = null where k.boot and k.revoked_at is not null returning id`,
      [uuidOf(newId('key', now)), 'ADMIN_API_KEY', key.slice(0, 4), hash, now.toString()],
    )
    for (const { id } of made.rows)
      await desk.emit({ type: 'api_key.created', data: { keyId: idOf('key', id), role: 'admin', ownerId: null } })
  })
}
