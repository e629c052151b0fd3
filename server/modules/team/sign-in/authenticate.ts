import type { FastifyRequest } from 'fastify'
import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Actor, World } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { hashSecret } from '#platform/secrets.ts'
import { keyRights, permissionsOf } from '../rules/permissions.ts'
import { sessionTokenIn } from './session-cookie.ts'

type Person = { agent: string; agent_name: string; roles: Role[]; visibility: 'all' | 'teams'; teams: string[] | null }
type Key = Partial<Person> & { id: string; name: string; role: Role; owned: boolean; used: Temporal.Instant | null }

const person = `a.id as agent, a.name as agent_name, a.roles, a.visibility,
  case when a.visibility = 'teams' then array(select m.team_id::text from team_members m where m.agent_id = a.id) end as teams`

/**
 * Who asks, by API key or session cookie; one query. A bearer token that is wrong is refused even beside a good cookie,
 * so that nobody acts as somebody else than they say.
 */
export async function authenticate(world: World, secret: string, request: FastifyRequest): Promise<Actor | undefined> {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer ([\x21-\x7e]{1,400})$/i.exec(authorization)?.[1]
    return token ? byKey(world, token) : undefined
  }
  const token = sessionTokenIn(cookie, secret)
  return token ? bySession(world, token) : undefined
}

async function bySession(world: World, token: string): Promise<Actor | undefined> {
  const { rows } = await world.pool.query<Person>({
    name: 'actor-by-session',
    // Sessions end in machine time, which is also what their cookies go by.
    text: `select ${person} from agent_sessions s join agents a on a.id = s.agent_id
      where s.token = $1 and s.expires_at > clock_timestamp() and a.state = 'active'`,
    values: [token],
  })
  const found = rows[0]
  if (!found) return undefined
  const agentId = idOf('agt', found.agent)
  return {
    kind: 'agent',
    id: agentId,
    agentId,
    name: found.agent_name,
    roles: found.roles,
    permissions: permissionsOf(found.roles),
    visible: visibleOf(found),
  }
}

async function byKey(world: World, token: string): Promise<Actor | undefined> {
  const { rows } = await world.pool.query<Key>({
    name: 'actor-by-key',
    text: `select k.id, k.name, k.role, k.owner_id is not null as owned, k.last_used_at as used, ${person}
      from api_keys k left join agents a on a.id = k.owner_id
      where k.hash = $1 and k.revoked_at is null and (k.owner_id is null or a.state = 'active')`,
    values: [hashSecret(token)],
  })
  const key = rows[0]
  if (!key) return undefined
  await noteUse(world, key)
  return {
    kind: 'api',
    id: idOf('key', key.id),
    agentId: key.agent ? idOf('agt', key.agent) : null,
    name: key.agent_name ?? key.name,
    ...keyRights(key.role, key.owned ? (key.roles ?? []) : null),
    visible: key.owned ? visibleOf(key) : 'all',
  }
}

function visibleOf(found: Partial<Person>): 'all' | Id<'tea'>[] {
  return found.visibility === 'teams' ? (found.teams ?? []).map((id) => idOf('tea', id)) : 'all'
}

/** To the minute is enough, and spares a write on every call. */
async function noteUse(world: World, key: Key): Promise<void> {
  const now = world.clock.now()
  const aMinuteAgo = now.subtract({ minutes: 1 })
  if (key.used && Temporal.Instant.compare(key.used, aMinuteAgo) > 0) return
  await world.pool.query(
    'update api_keys set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)',
    [key.id, now.toString(), aMinuteAgo.toString()],
  )
}
