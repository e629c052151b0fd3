import { getSettings } from '#modules/team/index.ts'
import type { Connection } from '#platform/db.ts'
import type { Payments } from './ports.ts'
import { takeReadTurn } from './store/read-turns.ts'

/** Stripe gives a sandbox 25 calls a second in all; writes and others need some of them. */
const sandboxMost = 20
const settingsLiveMs = 5000

/** How many reads may begin a second, by the setting and by what the account can take. */
export function readsPerSecond(mode: Payments['mode'], setting: number): number {
  return mode === 'test' ? Math.min(setting, sandboxMost) : setting
}

/** Milliseconds until this process may begin its next read; the line is one for all processes on the database. */
export function createReadTurn(
  connection: Connection,
  { account, mode }: Pick<Payments, 'account' | 'mode'>,
): () => Promise<number> {
  let known: { perSecond: number; at: number } | undefined
  return async () => {
    if (!known || performance.now() - known.at > settingsLiveMs) {
      const { stripeReadsPerSecond } = await getSettings({ connection })
      known = { perSecond: readsPerSecond(mode, stripeReadsPerSecond), at: performance.now() }
    }
    return (await takeReadTurn(connection, account, 1000 / known.perSecond)).waitMs
  }
}
