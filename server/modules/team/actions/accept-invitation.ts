import { hashPassword } from 'better-auth/crypto'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { peekLink, useLink } from '../one-time-links.ts'
import { setPassword } from './set-password.ts'

/** Sets a password with an invitation link and returns the address to sign in with. Every earlier session ends. */
export async function acceptInvitation(
  desk: Desk,
  { token, password }: { token: string; password: string },
): Promise<{ email: string }> {
  await peekLink(desk, 'invitation', token)
  const hash = await hashPassword(password)
  return desk.transaction(async (desk) => {
    const { agentId } = await useLink(desk, 'invitation', token)
    if (!agentId) throw notFound('agent')
    const { rows } = await desk.connection.query<{ email: string; name: string; before: string }>(
      `update agents a set state = 'active', updated_at = $2
       from (select id, state from agents where id = $1 for update) old
       where a.id = old.id and old.state <> 'disabled' returning a.email, a.name, old.state as before`,
      [uuidOf(agentId), desk.now().toString()],
    )
    const agent = rows[0]
    if (!agent) throw notFound('invitation')
    await setPassword(desk, agentId, hash)
    const themselves = desk.as({ ...desk.actor, kind: 'agent', id: agentId, agentId, name: agent.name })
    await themselves.emit({
      type: agent.before === 'invited' ? 'agent.joined' : 'agent.password_reset',
      data: { agentId },
    })
    return { email: agent.email }
  })
}
