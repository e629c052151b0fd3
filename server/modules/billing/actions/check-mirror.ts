import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { wakeAudit } from '../job-names.ts'
import { readConnection } from '../store/connection.ts'
import { beginCopy } from './backfill.ts'

/** Has everything read from Stripe again, in a job. */
export async function copyAgain(desk: Desk): Promise<void> {
  const { backfill } = await readConnection(desk, desk.ports.payments.account)
  if (!backfill?.done) throw new DeskError('conflict', 'Everything is being read from Stripe already.')
  await beginCopy(desk, 'asked')
}

/** Has a sample compared with Stripe soon rather than tonight. */
export async function auditSoon(desk: Desk): Promise<void> {
  const { backfill } = await readConnection(desk, desk.ports.payments.account)
  if (!backfill?.done)
    throw new DeskError('conflict', 'Everything is still being read from Stripe; there is nothing to compare yet.')
  await desk.enqueue(wakeAudit(desk.ports.payments.account))
}
