import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { MailFailure } from '../rules/bounce-facts.ts'

/** Keeps what a report says of one recipient of a mail; a later report about the same recipient takes its place. */
export async function insertDeliveryFailure(
  desk: Desk,
  messageId: Id<'msg'>,
  reportedBy: Id<'msg'>,
  failure: MailFailure,
): Promise<void> {
  await desk.connection.query({
    name: 'insert-delivery-failure',
    text: `insert into delivery_failures (message_id, email, kind, reason, status, diagnostic, remote, delayed, reported_by, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (message_id, email) do update set kind = $3, reason = $4, status = $5, diagnostic = $6, remote = $7,
        delayed = $8, reported_by = $9, at = $10`,
    values: [
      uuidOf(messageId),
      failure.address,
      failure.kind,
      failure.reason,
      failure.status,
      failure.diagnostic,
      failure.remote,
      failure.delayed,
      uuidOf(reportedBy),
      desk.now().toString(),
    ],
  })
}
