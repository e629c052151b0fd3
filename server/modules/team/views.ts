import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Id, IdPrefix } from '#contract/ids.ts'
import { id as idSchema } from '#contract/ids.ts'
import type { Agent, ApiKey, Team } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf } from '#platform/ids.ts'
import { agents, apiKeys, teamMembers, teams } from './tables.ts'

type Paging = { limit?: number | undefined; cursor?: string | undefined }
export type Page<T> = { items: T[]; nextCursor: string | null }

const shown = 50

const agentColumns = {
  id: agents.id,
  name: agents.name,
  email: agents.email,
  roles: agents.roles,
  visibility: agents.visibility,
  state: agents.state,
  totp: agents.twoFactorEnabled,
  createdAt: agents.createdAt,
  teamIds: sql<string[]>`array(select m.team_id::text from ${teamMembers} m where m.agent_id = agents.id order by 1)`,
}

type AgentRow = Omit<Agent, 'createdAt' | 'teamIds'> & { createdAt: Temporal.Instant; teamIds: string[] }

function presentAgent(row: AgentRow): Agent {
  return { ...row, teamIds: row.teamIds.map((id) => idOf('tea', id)), createdAt: row.createdAt.toString() }
}

/** In the order in which they came, a page at a time. */
export async function listAgents(desk: Desk, { limit = shown, cursor }: Paging): Promise<Page<Agent>> {
  const after = idAfter('agt', cursor)
  const rows = await desk.db
    .select(agentColumns)
    .from(agents)
    .where(after && gt(agents.id, after))
    .orderBy(asc(agents.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.id], presentAgent)
}

export async function readAgent(desk: Desk, agentId: Id<'agt'>): Promise<Agent> {
  const [row] = await desk.db.select(agentColumns).from(agents).where(eq(agents.id, agentId))
  if (!row) throw notFound('agent')
  return presentAgent(row)
}

const teamColumns = {
  id: teams.id,
  name: teams.name,
  signature: teams.signature,
  members: sql<number>`(select count(*) from ${teamMembers} m join ${agents} a on a.id = m.agent_id
    where m.team_id = teams.id and a.state <> 'disabled')`.mapWith(Number),
}

export async function listTeams(desk: Desk, { limit = shown, cursor }: Paging): Promise<Page<Team>> {
  const after = idAfter('tea', cursor)
  const rows = await desk.db
    .select(teamColumns)
    .from(teams)
    .where(after && gt(teams.id, after))
    .orderBy(asc(teams.id))
    .limit(limit + 1)
  return pageOf(
    rows,
    limit,
    (row) => [row.id],
    (row) => row,
  )
}

export async function readTeam(desk: Desk, teamId: Id<'tea'>): Promise<Team> {
  const [row] = await desk.db.select(teamColumns).from(teams).where(eq(teams.id, teamId))
  if (!row) throw notFound('team')
  return row
}

const keyColumns = {
  id: apiKeys.id,
  name: apiKeys.name,
  role: apiKeys.role,
  ownerId: apiKeys.ownerId,
  hint: apiKeys.hint,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
}

type KeyRow = Omit<ApiKey, 'createdAt' | 'lastUsedAt'> & {
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant | null
}

function presentKey(row: KeyRow): ApiKey {
  return { ...row, createdAt: row.createdAt.toString(), lastUsedAt: row.lastUsedAt?.toString() ?? null }
}

/** Keys that work; revoked ones are in the audit. */
export async function listApiKeys(desk: Desk, { limit = shown, cursor }: Paging): Promise<Page<ApiKey>> {
  const after = idAfter('key', cursor)
  const rows = await desk.db
    .select(keyColumns)
    .from(apiKeys)
    .where(and(isNull(apiKeys.revokedAt), after && gt(apiKeys.id, after)))
    .orderBy(asc(apiKeys.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.id], presentKey)
}

export async function readApiKey(desk: Desk, keyId: Id<'key'>): Promise<ApiKey> {
  const [row] = await desk.db.select(keyColumns).from(apiKeys).where(eq(apiKeys.id, keyId))
  if (!row) throw notFound('API key')
  return presentKey(row)
}

function idAfter<P extends IdPrefix>(prefix: P, cursor: string | undefined): Id<P> | undefined {
  const key = decodeCursor(cursor, 1)
  if (!key) return undefined
  const parsed = idSchema(prefix).safeParse(key[0])
  if (!parsed.success) throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  return parsed.data
}
