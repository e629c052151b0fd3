import type { AddressReason } from '#contract/addresses.ts'
import type { readDelivery as endpoint } from '#contract/deliveries.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { readMessage } from './list-messages.ts'

/** Every try of a mail that leaves and every failure that was reported of it, if its ticket may be seen. */
export async function viewDelivery(desk: Desk, messageId: Id<'msg'>): Promise<ResultOf<typeof endpoint>> {
  await readMessage(desk, messageId)
  const { rows } = await desk.connection.query<{
    accepted: string[]
    refused: string[]
    resend_of: string | null
    ticket_id: string
  }>('select accepted, refused, resend_of, ticket_id from deliveries where message_id = $1', [uuidOf(messageId)])
  const delivery = rows[0]
  if (!delivery) throw notFound('reply')
  const again = await desk.connection.query<{ message_id: string }>(
    'select message_id from deliveries where ticket_id = $1 and resend_of = $2 order by created_at limit 100',
    [delivery.ticket_id, uuidOf(messageId)],
  )
  const attempts = await desk.connection.query<{
    attempt: number
    outcome: 'sent' | 'retry' | 'failed' | 'unknown'
    answer: string
    recipients: string[]
    at: Temporal.Instant
  }>(
    `select attempt, outcome, answer, recipients, at from delivery_attempts where message_id = $1 order by attempt desc limit 100`,
    [uuidOf(messageId)],
  )
  const failures = await desk.connection.query<{
    address: string
    kind: 'hard' | 'soft' | 'block' | 'complaint'
    reason: AddressReason
    status: string | null
    delayed: boolean
    at: Temporal.Instant
  }>(
    `select email as address, kind, reason, status, delayed, at from delivery_failures where message_id = $1
      order by at desc, email limit 200`,
    [uuidOf(messageId)],
  )
  return {
    accepted: delivery.accepted,
    refused: delivery.refused,
    resendOf: delivery.resend_of ? idOf('msg', delivery.resend_of) : null,
    resentAs: again.rows.map((row) => idOf('msg', row.message_id)),
    failures: failures.rows.map((row) => ({ ...row, at: row.at.toString() })),
    attempts: attempts.rows.map((row) => ({ ...row, at: row.at.toString() })),
  }
}
