import { APIError } from 'better-auth/api'
import type pg from 'pg'

/** No session begins for an agent who is disabled or has not accepted the invitation. */
export function refuseUnlessActive(pool: pg.Pool) {
  return async (session: { userId: string }): Promise<void> => {
    const { rows } = await pool.query<{ state: string }>('select state from agents where id = $1', [session.userId])
    if (rows[0]?.state !== 'active')
      throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'This account is disabled.' })
  }
}
