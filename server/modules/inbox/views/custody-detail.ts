import type { CustodyDetail, Disposition } from '#contract/custody.ts'
import type { Attachment } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { eventPresenter, type EventRow } from '#modules/team/index.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTeams } from '../visible.ts'
import type { ReceiptEnvelope } from '../store/receipts.ts'
import { readMessage } from './list-messages.ts'
import { readCustodyRow } from './custody-items.ts'
import { presentCustody, type CustodyRow } from './custody-row.ts'

type Facts = { content_hash: string; envelope: ReceiptEnvelope; duplicate_of: string | null }

/** All that is known of one item. Of one whose ticket may not be seen: that it arrived, and what became of it. */
export async function readCustodyDetail(desk: Desk, id: Id<'itm'>): Promise<CustodyDetail> {
  const row = await readCustodyRow(desk, id)
  const item = presentCustody(row)
  const { rows } = await desk.connection.query<Facts>({
    name: 'custody-facts',
    text: 'select content_hash, envelope, duplicate_of from receipts where id = $1',
    values: [uuidOf(id)],
  })
  const facts = rows[0]
  const message = item.messageId ? await readMessage(desk, item.messageId) : null
  const [original] = await others(desk, 'o.id = $2', facts?.duplicate_of ?? null)
  const attachments: Attachment[] = message?.attachments ?? []
  return {
    ...item,
    contentHash: facts?.content_hash ?? '',
    envelope: row.hidden ? null : (facts?.envelope ?? null),
    history: await history(desk, id, row),
    threading: message?.threading ?? null,
    auth: message?.auth ?? null,
    attachments,
    duplicateOf: original ?? null,
    duplicates: await others(desk, 'o.duplicate_of = $2', uuidOf(id)),
  }
}

/** Receipts in mailboxes that may be seen, the newest twenty. */
async function others(desk: Desk, condition: string, uuid: string | null): Promise<CustodyDetail['duplicates']> {
  if (!uuid) return []
  const { rows } = await desk.connection.query<{
    id: string
    received_at: Temporal.Instant
    source_id: string
    address: string
  }>({
    name: `custody-others ${condition}`,
    text: `select o.id, o.received_at, o.source_id, s.address from receipts o join sources s on s.id = o.source_id
      where ${condition} and ${visibleTeams('s.team_id', 1)} order by o.received_at desc limit 20`,
    values: [teamsOf(desk.actor), uuid],
  })
  return rows.map((row) => ({
    id: idOf('itm', row.id),
    receivedAt: row.received_at.toString(),
    source: { id: idOf('box', row.source_id), title: row.address },
  }))
}

/** Only what is parked can be tried again, so that is what it was before the first re-run. */
async function history(desk: Desk, id: Id<'itm'>, row: CustodyRow): Promise<CustodyDetail['history']> {
  const { rows } = await desk.connection.query<EventRow>({
    name: 'custody-reruns',
    text: `select id, seq, type, occurred_at, actor_kind, actor_id, cause_id, ticket_id, data from events
      where type = 'custody.rerun' and data ->> 'itemId' = $1 order by seq limit 100`,
    values: [id],
  })
  const present = await eventPresenter(desk, rows)
  const system = { kind: 'system' as const, name: null }
  return [
    {
      at: row.received_at.toString(),
      disposition: rows.length > 0 ? ('parked' as const) : row.disposition,
      actor: system,
    },
    ...rows.map(present).map(({ occurredAt, actor, data }) => ({
      at: occurredAt,
      disposition: data.disposition as Disposition,
      actor: { kind: actor.kind, name: actor.name },
    })),
  ]
}
