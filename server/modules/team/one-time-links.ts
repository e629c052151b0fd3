import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { hashSecret, newSecret } from '#platform/secrets.ts'

type Purpose = 'setup' | 'invitation'

const validFor = { hours: 7 * 24 }

/** Makes a link that works once within seven days, and returns its token; the database keeps only a hash. */
export async function makeLink(desk: Desk, purpose: Purpose, agentId: Id<'agt'> | null): Promise<string> {
  const { secret, hash } = newSecret(purpose === 'setup' ? 'msu' : 'min')
  const now = desk.now()
  await desk.connection.query(
    `insert into one_time_links (hash, purpose, agent_id, expires_at, created_at) values ($1, $2, $3, $4, $5)`,
    [hash, purpose, agentId && uuidOf(agentId), now.add(validFor).toString(), now.toString()],
  )
  return secret
}

/** Whose link this is, while it is good. Looks only; `useLink` decides. */
export async function peekLink(desk: Desk, purpose: Purpose, token: string): Promise<void> {
  const { rowCount } = await desk.connection.query(
    'select from one_time_links where hash = $1 and purpose = $2 and used_at is null and expires_at > $3',
    [hashSecret(token), purpose, desk.now().toString()],
  )
  if (rowCount !== 1) throw spent()
}

/** Uses a link up, inside the transaction of what it allows. Of two who come with one link, the second is refused. */
export async function useLink(desk: Desk, purpose: Purpose, token: string): Promise<{ agentId: Id<'agt'> | null }> {
  const { rows } = await desk.connection.query<{ agent_id: string | null }>(
    `update one_time_links set used_at = $3
     where hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning agent_id`,
    [hashSecret(token), purpose, desk.now().toString()],
  )
  const link = rows[0]
  if (!link) throw spent()
  return { agentId: link.agent_id === null ? null : idOf('agt', link.agent_id) }
}

/** Ends the links of a purpose, those of one agent when given. */
export async function endLinks(desk: Desk, purpose: Purpose, agentId?: Id<'agt'>): Promise<void> {
  await desk.connection.query(
    `update one_time_links set used_at = $2
     where purpose = $1 and used_at is null and ($3::uuid is null or agent_id = $3)`,
    [purpose, desk.now().toString(), agentId ? uuidOf(agentId) : null],
  )
}

function spent(): DeskError {
  return new DeskError('invalid_request', 'This link was used already, has expired, or is not one of ours.')
}
