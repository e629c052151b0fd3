import { hashPassword } from 'better-auth/crypto'
import type { Role } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { addAgent } from './invite-agent.ts'
import { defaultTeamId, hasActiveAdmin, setTeams } from '../store.ts'
import { endLinks, makeLink, peekLink, useLink } from '../one-time-links.ts'
import { setPassword } from './set-password.ts'

/** Whoever sets a desk up is alone at first and needs every say; they give roles away as others join. */
const firstRoles: Role[] = ['admin', 'lead', 'finance']

/** The address of a one-time link for the first admin, or null when there is one. Each call makes another; all end with the first use. */
export async function ensureSetupLink(desk: Desk): Promise<string | null> {
  if (await hasActiveAdmin(desk)) return null
  return `${desk.publicUrl}/setup?token=${await makeLink(desk, 'setup', null)}`
}

/** Makes the first admin with a set-up link. */
export async function createFirstAdmin(
  desk: Desk,
  { token, name, email, password }: { token: string; name: string; email: string; password: string },
): Promise<void> {
  await peekLink(desk, 'setup', token)
  const hash = await hashPassword(password)
  await desk.transaction(async (desk) => {
    const agentId = newId('agt', desk.now())
    const themselves = desk.as({ ...desk.actor, kind: 'agent', id: agentId, agentId, name })
    // Two links in two hands: the second waits here and then finds an admin.
    await desk.connection.query('lock table one_time_links in share row exclusive mode')
    await useLink(desk, 'setup', token)
    if (await hasActiveAdmin(desk)) throw new DeskError('conflict', 'This desk has its first admin already.')
    await endLinks(desk, 'setup')
    await addAgent(desk, { id: agentId, name, email, roles: firstRoles, visibility: 'all', state: 'active' })
    await setTeams(desk, agentId, [await defaultTeamId(desk)])
    await setPassword(desk, agentId, hash)
    await themselves.emit({ type: 'agent.joined', data: { agentId, roles: firstRoles, first: true } })
  })
}
