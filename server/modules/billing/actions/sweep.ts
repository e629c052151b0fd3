import type { Desk } from '#server/desk.ts'
import { dropAudits } from '../store/audits.ts'
import { dropUnusedPreviews } from '../store/previews.ts'

const keepEventsDays = 90
const keepProductWebhooksDays = 90
const keepAuditsDays = 90

/** Lets go of what tells nobody anything any more. */
export async function sweepBilling(desk: Desk): Promise<void> {
  await dropUnusedPreviews(desk)
  await dropAudits(desk, desk.now().subtract({ hours: 24 * keepAuditsDays }))
  await desk.connection.query('delete from webhook_events where processed_at < $1', [
    desk
      .now()
      .subtract({ hours: 24 * keepEventsDays })
      .toString(),
  ])
  await desk.connection.query('delete from product_webhooks where received_at < $1', [
    desk
      .now()
      .subtract({ hours: 24 * keepProductWebhooksDays })
      .toString(),
  ])
  await desk.connection.query('delete from authority_codes where expires_at < $1', [
    desk.now().subtract({ hours: 24 }).toString(),
  ])
}
