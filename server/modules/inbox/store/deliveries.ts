import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

export type DeliveryState =
  | 'scheduled'
  | 'queued'
  | 'handing_over'
  | 'sent'
  | 'unknown'
  | 'failed'
  | 'bounced'
  | 'cancelled'

export type NewDelivery = {
  messageId: Id<'msg'>
  ticketId: Id<'tkt'>
  state: 'scheduled' | 'queued'
  leavesAt: Temporal.Instant | null
  autoSubmitted: 'auto-replied' | 'auto-generated' | null
  subject: string
  signature: string
  quotedId: Id<'msg'> | null
  ratingId: Id<'rat'> | null
  statusAfter: 'open' | 'pending' | 'solved' | null
  /** Encrypted. */
  secret?: string | undefined
  resendOf?: Id<'msg'> | null
  /** Who gets it may decline mails like it. */
  mayDecline?: boolean
}

/** Makes a message one that leaves. A note or an inbound message never is, whoever asks. */
export async function insertDelivery(desk: Desk, delivery: NewDelivery): Promise<void> {
  const { rowCount } = await desk.connection.query({
    name: 'insert-delivery',
    text: `insert into deliveries (message_id, ticket_id, state, leaves_at, auto_submitted, subject, signature, quoted_id,
        rating_id, status_after, queued_at, created_at, at, secret, resend_of, may_decline, dkim, plus_reply)
      select m.id, m.ticket_id, $3, $4, $5, $6, $7, $8, $9, $10, case when $3 = 'queued' then $11::timestamptz end, $11, $11, $12, $13, $14,
        array(select k.selector from dkim_keys k where k.enabled and k.domain = lower(split_part(m.from_address ->> 'email', '@', 2))
          order by k.selector),
        coalesce((select s.plus_state = 'works' from sources s where s.id = m.source_id), false)
      from messages m where m.id = $1 and m.ticket_id = $2 and m.kind in ('reply', 'auto')`,
    values: [
      uuidOf(delivery.messageId),
      uuidOf(delivery.ticketId),
      delivery.state,
      delivery.leavesAt?.toString() ?? null,
      delivery.autoSubmitted,
      delivery.subject,
      delivery.signature,
      delivery.quotedId ? uuidOf(delivery.quotedId) : null,
      delivery.ratingId ? uuidOf(delivery.ratingId) : null,
      delivery.statusAfter,
      desk.now().toString(),
      delivery.secret ?? null,
      delivery.resendOf ? uuidOf(delivery.resendOf) : null,
      delivery.mayDecline ?? false,
    ],
  })
  if (rowCount !== 1) throw new Error(`${delivery.messageId} is not a message that may leave`)
}

export type LockedDelivery = {
  messageId: Id<'msg'>
  ticketId: Id<'tkt'>
  state: DeliveryState
  attempts: number
  worker: string | null
  statusAfter: 'open' | 'pending' | 'solved' | null
  ratingId: Id<'rat'> | null
  leavesAt: Temporal.Instant | null
  queuedAt: Temporal.Instant | null
  accepted: string[]
  refused: string[]
}

type Row = {
  ticket_id: string
  state: DeliveryState
  attempts: number
  worker: string | null
  status_after: LockedDelivery['statusAfter']
  rating_id: string | null
  leaves_at: Temporal.Instant | null
  queued_at: Temporal.Instant | null
  accepted: string[]
  refused: string[]
}

/** Locks a delivery for the rest of the transaction; undefined when the message never was to leave. */
export async function lockDelivery(desk: Desk, messageId: Id<'msg'>): Promise<LockedDelivery | undefined> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-delivery',
    text: `select ticket_id, state, attempts, worker, status_after, rating_id, leaves_at, queued_at, accepted, refused
      from deliveries where message_id = $1 for update`,
    values: [uuidOf(messageId)],
  })
  const row = rows[0]
  return (
    row && {
      messageId,
      ticketId: idOf('tkt', row.ticket_id),
      state: row.state,
      attempts: row.attempts,
      worker: row.worker,
      statusAfter: row.status_after,
      ratingId: row.rating_id ? idOf('rat', row.rating_id) : null,
      leavesAt: row.leaves_at,
      queuedAt: row.queued_at,
      accepted: row.accepted,
      refused: row.refused,
    }
  )
}

/** The ticket and kind of a message that leaves; undefined for any other. */
export async function deliveryHead(
  desk: Desk,
  messageId: Id<'msg'>,
): Promise<{ ticketId: Id<'tkt'>; kind: 'reply' | 'auto' } | undefined> {
  const { rows } = await desk.connection.query<{ ticket_id: string; kind: 'reply' | 'auto' }>({
    name: 'delivery-head',
    text: `select d.ticket_id, m.kind from deliveries d join messages m on m.id = d.message_id where d.message_id = $1`,
    values: [uuidOf(messageId)],
  })
  return rows[0] && { ticketId: idOf('tkt', rows[0].ticket_id), kind: rows[0].kind }
}

export type DeliveryChange = {
  error?: string | null
  /** When the next try is due; only with `queued`. */
  retryAt?: Temporal.Instant | null
  accepted?: readonly string[]
  refused?: readonly string[]
  /** Leaves the next try and whoever makes it as they are. */
  keep?: boolean
  /** Begins a new round of tries. */
  restart?: boolean
}

/** A new state. Nobody holds the delivery afterwards: an attempt that is still under way somewhere has lost it. */
export async function setDelivery(
  desk: Desk,
  messageId: Id<'msg'>,
  state: DeliveryState,
  change: DeliveryChange = {},
): Promise<void> {
  await desk.connection.query({
    name: 'set-delivery',
    text: `update deliveries set state = $2, at = $3, error = $4, retry_at = case when $9 then retry_at else $5 end,
        worker = case when $9 then worker end,
        accepted = coalesce($6, accepted), refused = coalesce($7, refused),
        queued_at = case when $2 = 'queued' and ($8 or queued_at is null) then $3::timestamptz else queued_at end
      where message_id = $1`,
    values: [
      uuidOf(messageId),
      state,
      desk.now().toString(),
      change.error ?? null,
      change.retryAt?.toString() ?? null,
      change.accepted ?? null,
      change.refused ?? null,
      change.restart ?? false,
      change.keep ?? false,
    ],
  })
}

/** Begins the next attempt of a queued delivery the caller has locked; an older one can no longer hand it over. */
export async function claimDelivery(desk: Desk, delivery: LockedDelivery, worker: string): Promise<number> {
  await desk.connection.query({
    name: 'claim-delivery',
    text: 'update deliveries set attempts = $2, worker = $3, retry_at = null where message_id = $1',
    values: [uuidOf(delivery.messageId), delivery.attempts + 1, worker],
  })
  return delivery.attempts + 1
}

/** Commits that the final dot is about to go out. Refuses when the attempt has lost the delivery meanwhile. */
export async function commitHandingOver(
  desk: Desk,
  attempt: { messageId: Id<'msg'>; attempt: number; worker: string },
): Promise<void> {
  const { rowCount } = await desk.connection.query({
    name: 'commit-handing-over',
    text: `update deliveries set state = 'handing_over', at = $4
      where message_id = $1 and state = 'queued' and attempts = $2 and worker = $3`,
    values: [uuidOf(attempt.messageId), attempt.attempt, attempt.worker, desk.now().toString()],
  })
  if (rowCount !== 1) throw new Error('another attempt has taken this mail over')
}
