import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { endLinks, makeLink } from '../one-time-links.ts'
import { defaultTeamId, setTeams } from '../store.ts'

type NewAgent = {
  id: Id<'agt'>
  name: string
  email: string
  roles: Role[]
  visibility: 'all' | 'teams'
  state: 'invited' | 'active'
}

type Invitation = {
  name: string
  email: string
  roles: Role[]
  teamIds?: Id<'tea'>[] | undefined
  visibility?: 'all' | 'teams' | undefined
}

/** Adds an agent who cannot sign in yet, and makes the link with which they choose a password. */
export async function inviteAgent(
  desk: Desk,
  { name, email, roles, teamIds, visibility = 'all' }: Invitation,
): Promise<{ agentId: Id<'agt'>; invitationUrl: string }> {
  return desk.transaction(async (desk) => {
    const id = newId('agt', desk.now())
    await addAgent(desk, { id, name, email, roles: [...new Set(roles)], visibility, state: 'invited' })
    await setTeams(desk, id, teamIds ?? [await defaultTeamId(desk)])
    await desk.emit({ type: 'agent.invited', data: { agentId: id, roles, visibility } })
    return { agentId: id, invitationUrl: await invitationUrl(desk, id) }
  })
}

/** Another link, for an invitation that got lost or a password that did. Earlier links stop working; the old password does not. */
export async function inviteAgain(desk: Desk, agentId: Id<'agt'>): Promise<{ invitationUrl: string }> {
  return desk.transaction(async (desk) => {
    const { rows } = await desk.connection.query<{ state: string }>(
      'select state from agents where id = $1 for update',
      [uuidOf(agentId)],
    )
    if (!rows[0]) throw notFound('agent')
    if (rows[0].state === 'disabled')
      throw new DeskError('conflict', 'This agent is disabled. Enable the agent before sending a link.')
    await endLinks(desk, 'invitation', agentId)
    await desk.emit({ type: 'agent.invited_again', data: { agentId } })
    return { invitationUrl: await invitationUrl(desk, agentId) }
  })
}

/** Writes the row; refuses an address that is taken. */
export async function addAgent(desk: Desk, agent: NewAgent): Promise<void> {
  const { rowCount } = await desk.connection.query(
    `insert into agents (id, name, email, email_verified, roles, visibility, state, created_at, updated_at)
     values ($1, $2, $3, true, $4, $5, $6, $7, $7) on conflict (email) do nothing`,
    [uuidOf(agent.id), agent.name, agent.email, agent.roles, agent.visibility, agent.state, desk.now().toString()],
  )
  if (rowCount !== 1) throw new DeskError('conflict', 'There is already an agent with this address.')
}

async function invitationUrl(desk: Desk, agentId: Id<'agt'>): Promise<string> {
  return `${desk.publicUrl}/invitation?token=${await makeLink(desk, 'invitation', agentId)}`
}
