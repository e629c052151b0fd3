import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { symmetricDecrypt } from 'better-auth/crypto'
import type pg from 'pg'
import { stepOfCode } from './one-time-code.ts'

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/**
 * A TOTP code is good once. better-auth accepts it as often as it comes within its window, so before it looks, the
 * code's step is claimed in the database; of two requests with one code, only one can claim it.
 */
export function refuseReplay(pool: pg.Pool) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path !== '/two-factor/verify-totp') return
    const code: unknown = ctx.body?.code
    const agentId = await whoAsks(ctx)
    if (typeof code !== 'string' || !agentId) return
    const { rows } = await pool.query<{ secret: string }>('select secret from agent_two_factors where agent_id = $1', [
      agentId,
    ])
    const sealed = rows[0]?.secret
    if (!sealed) return
    const secret = await symmetricDecrypt({ key: ctx.context.secretConfig, data: sealed })
    const step = stepOfCode(secret, code, await machineTime(pool))
    if (step === undefined) return
    const { rowCount } = await pool.query(
      'update agent_two_factors set last_step = $2 where agent_id = $1 and (last_step is null or last_step < $2)',
      [agentId, step],
    )
    if (rowCount === 0)
      throw new APIError('UNAUTHORIZED', { code: 'CODE_ALREADY_USED', message: 'This code was used already.' })
  })
}

/** The agent of the challenge under way, or of the session that sets up a second factor. */
async function whoAsks(ctx: Context): Promise<string | undefined> {
  const session = await getSessionFromCtx(ctx).catch(() => null)
  if (session) return session.user.id
  const cookie = ctx.context.createAuthCookie('two_factor')
  const challenge = await ctx.getSignedCookie(cookie.name, ctx.context.secret)
  if (!challenge) return undefined
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value
}

/** Codes follow the real time of the person's phone, whatever the desk's clock says. */
async function machineTime(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
  return rows[0]?.ms ?? 0
}
