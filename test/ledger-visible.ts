import type { Pool } from 'pg'
import { until } from './running-desk.ts'

/** Resolves when all of the ledger may be followed: a transaction of any database of the server holds that up, also another test's. */
export async function ledgerVisible(pool: Pool): Promise<void> {
  const held = 'select 1 from events where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1'
  await until(async () => (await pool.query(held)).rowCount === 0, 'the ledger to be visible')
}
