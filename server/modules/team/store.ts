import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/** The team that tickets belong to unless a mailbox says otherwise: the first one. */
export async function defaultTeamId(desk: Desk): Promise<Id<'tea'>> {
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'default-team',
    text: 'select id from teams order by created_at, id limit 1',
  })
  if (!rows[0]) throw new Error('there is no team yet')
  return idOf('tea', rows[0].id)
}

/** The signature under a team's replies; empty when it has none. */
export async function teamSignature(desk: Desk, teamId: Id<'tea'>): Promise<string> {
  const { rows } = await desk.connection.query<{ signature: string }>({
    name: 'team-signature',
    text: 'select signature from teams where id = $1',
    values: [uuidOf(teamId)],
  })
  return rows[0]?.signature ?? ''
}

export async function teamExists(desk: Desk, teamId: Id<'tea'>): Promise<boolean> {
  const { rowCount } = await desk.connection.query('select from teams where id = $1', [uuidOf(teamId)])
  return rowCount === 1
}

/** Agents who can be given work, the longest here first; those with one of `roles` when given. */
export async function listAgentIds(desk: Desk, roles?: readonly Role[]): Promise<Id<'agt'>[]> {
  const { rows } = await desk.connection.query<{ id: string }>(
    `select id from agents where state = 'active' and ($1::text[] is null or roles && $1) order by id`,
    [roles ?? null],
  )
  return rows.map((row) => idOf('agt', row.id))
}

/** The addresses of everybody who answers for this desk or has, in lower case. */
export async function listAgentAddresses(desk: Desk): Promise<Set<string>> {
  const { rows } = await desk.connection.query<{ email: string }>({
    name: 'agent-addresses',
    text: 'select email from agents',
  })
  return new Set(rows.map(({ email }) => email.toLowerCase()))
}

/** The agent who signs in with this address, whether or not they still may. */
export async function findAgentByEmail(desk: Desk, email: string): Promise<{ id: Id<'agt'>; name: string } | null> {
  const { rows } = await desk.connection.query<{ id: string; name: string }>({
    name: 'agent-by-email',
    text: 'select id, name from agents where email = lower($1)',
    values: [email],
  })
  return rows[0] ? { id: idOf('agt', rows[0].id), name: rows[0].name } : null
}

/** Refuses teams that do not exist, before a foreign key would. */
export async function requireTeams(desk: Desk, teamIds: readonly Id<'tea'>[]): Promise<void> {
  const { rowCount } = await desk.connection.query('select from teams where id = any($1)', [teamIds.map(uuidOf)])
  if (rowCount !== new Set(teamIds).size) throw new DeskError('invalid_request', 'body.teamIds: There is no such team.')
}

/** The agent's teams, exactly these. */
export async function setTeams(desk: Desk, agentId: Id<'agt'>, teamIds: readonly Id<'tea'>[]): Promise<void> {
  await requireTeams(desk, teamIds)
  await desk.connection.query('delete from team_members where agent_id = $1', [uuidOf(agentId)])
  await desk.connection.query(
    'insert into team_members (agent_id, team_id) select $1, unnest($2::uuid[]) on conflict do nothing',
    [uuidOf(agentId), teamIds.map(uuidOf)],
  )
}

export async function hasActiveAdmin(desk: Desk): Promise<boolean> {
  const { rowCount } = await desk.connection.query(
    `select from agents where state = 'active' and 'admin' = any(roles) limit 1`,
  )
  return rowCount === 1
}
