import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { endLinks } from '../one-time-links.ts'
import { setTeams } from '../store.ts'
import { endSessions } from './set-password.ts'

type Change = {
  name?: string | undefined
  roles?: Role[] | undefined
  teamIds?: Id<'tea'>[] | undefined
  visibility?: 'all' | 'teams' | undefined
  disabled?: boolean | undefined
  resetTotp?: true | undefined
}

type Row = { name: string; roles: Role[]; visibility: 'all' | 'teams'; state: 'invited' | 'active' | 'disabled' }

/** Changes an agent. Disabling ends their sessions at once; the last active admin stays one. */
export async function updateAgent(desk: Desk, agentId: Id<'agt'>, change: Change): Promise<void> {
  await desk.transaction(async (desk) => {
    const admins = await lockAdmins(desk)
    const before = await lockAgent(desk, agentId)
    const roles = change.roles ? [...new Set(change.roles)] : before.roles
    const state = await stateAfter(desk, agentId, before.state, change.disabled)
    const remainsAdmin = state === 'active' && roles.includes('admin')
    if (admins.includes(agentId) && admins.length === 1 && !remainsAdmin)
      throw new DeskError('conflict', 'This is the last active admin. Make somebody else an admin first.')
    await desk.connection.query(
      'update agents set name = $2, roles = $3, visibility = $4, state = $5, updated_at = $6 where id = $1',
      [
        uuidOf(agentId),
        change.name ?? before.name,
        roles,
        change.visibility ?? before.visibility,
        state,
        desk.now().toString(),
      ],
    )
    if (change.teamIds) await setTeams(desk, agentId, change.teamIds)
    if (change.resetTotp) await forgetSecondFactor(desk, agentId)
    if (state === 'disabled') {
      await endLinks(desk, 'invitation', agentId)
      await endSessions(desk, agentId)
    }
    const fields = Object.keys(change).filter((field) => change[field as keyof Change] !== undefined)
    if (fields.length > 0) await desk.emit({ type: 'agent.updated', data: { agentId, fields, roles, state } })
  })
}

/** Locked in one order, so that two admins cannot remove each other at the same time. */
async function lockAdmins(desk: Desk): Promise<string[]> {
  const { rows } = await desk.connection.query<{ id: string }>(
    `select id from agents where state = 'active' and 'admin' = any(roles) order by id for update`,
  )
  return rows.map((row) => idOf('agt', row.id))
}

async function lockAgent(desk: Desk, agentId: Id<'agt'>): Promise<Row> {
  const { rows } = await desk.connection.query<Row>(
    'select name, roles, visibility, state from agents where id = $1 for update',
    [uuidOf(agentId)],
  )
  if (!rows[0]) throw notFound('agent')
  return rows[0]
}

/** Enabled again, somebody who never chose a password is still only invited. */
async function stateAfter(
  desk: Desk,
  agentId: Id<'agt'>,
  before: Row['state'],
  disabled: boolean | undefined,
): Promise<Row['state']> {
  if (disabled === undefined) return before
  if (disabled) return 'disabled'
  if (before !== 'disabled') return before
  const { rowCount } = await desk.connection.query('select from agent_credentials where agent_id = $1', [
    uuidOf(agentId),
  ])
  return rowCount ? 'active' : 'invited'
}

async function forgetSecondFactor(desk: Desk, agentId: Id<'agt'>): Promise<void> {
  await desk.connection.query('delete from agent_two_factors where agent_id = $1', [uuidOf(agentId)])
  await desk.connection.query('update agents set two_factor_enabled = false where id = $1', [uuidOf(agentId)])
}
