import type pg from 'pg'
import { DeskError } from '#platform/errors.ts'
import { hashSecret } from '#platform/secrets.ts'

type Limit = { key: string; max: number; seconds: number }

/**
 * What one try counts against. Few from one address at one account, more over an address or an account as a whole,
 * so that neither one guesser nor many can go on, and a stranger cannot easily shut somebody out.
 */
export function limitsOf(address: string, email: string | undefined): Limit[] {
  const limits: Limit[] = [{ key: `address:${address}`, max: 60, seconds: 300 }]
  if (!email) return limits
  const account = hashSecret(email.trim().toLowerCase()).slice(0, 32)
  return [
    { key: `pair:${address}:${account}`, max: 8, seconds: 300 },
    { key: `account:${account}`, max: 100, seconds: 3600 },
    ...limits,
  ]
}

/**
 * Counts a try before it is made, so that many at once cannot slip through together. Throws `rate_limited` with
 * `details.retryAfter` in seconds; a try that is refused does not lengthen the wait.
 */
export async function countTry(pool: pg.Pool, limits: readonly Limit[]): Promise<void> {
  for (const { key, max, seconds } of limits) {
    const { rows } = await pool.query<{ count: number; wait: number }>(
      `insert into agent_rate_limits as r (id, key, count, last_request)
       values (gen_random_uuid(), $1, 1, (extract(epoch from clock_timestamp()) * 1000)::bigint)
       on conflict (key) do update set
         count = case when r.last_request <= excluded.last_request - $2::bigint * 1000 then 1 else r.count + 1 end,
         last_request = case when r.last_request <= excluded.last_request - $2::bigint * 1000 then excluded.last_request
           else r.last_request end
       returning count, ceil($2 - (extract(epoch from clock_timestamp()) - last_request / 1000.0))::int as wait`,
      [key, seconds],
    )
    const row = rows[0]
    if (row && row.count > max) {
      const wait = Math.max(1, row.wait)
      throw new DeskError('rate_limited', `Too many attempts. Try again in ${inWords(wait)}.`, { retryAfter: wait })
    }
  }
}

/** A try that succeeded was none: the pair starts afresh, the wider counts give it back. */
export async function forgetTry(pool: pg.Pool, limits: readonly Limit[]): Promise<void> {
  for (const { key } of limits) {
    if (key.startsWith('pair:')) await pool.query('delete from agent_rate_limits where key = $1', [key])
    else await pool.query('update agent_rate_limits set count = greatest(count - 1, 0) where key = $1', [key])
  }
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
