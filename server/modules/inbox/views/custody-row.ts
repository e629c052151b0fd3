import type { CustodyItem, Disposition } from '#contract/custody.ts'
import { idOf } from '#platform/ids.ts'
import { visibleTeams } from '../visible.ts'

export type CustodyRow = {
  id: string
  source_id: string
  address: string
  provider_id: string
  from_address: string | null
  subject: string | null
  received_at: Temporal.Instant
  size: number
  disposition: Disposition
  reason: string
  ticket_id: string | null
  ticket_number: number | null
  message_id: string | null
  flagged: boolean
  reruns: number
  hidden: boolean
}

/** A ticket that is gone hides nothing; one of a team that may not be seen hides who wrote what. */
export const custodyHidden = `(t.id is not null and not ${visibleTeams('t.team_id', 1)})`

// That the mail arrived is told to everybody who may see the mailbox; a ticket of another team is not named.
export const custodyColumns = `r.id, r.source_id, s.address, r.provider_id, r.from_address, r.subject, r.received_at, r.size,
  r.disposition, r.reason, case when t.deleted_at is null then t.id end as ticket_id,
  case when t.deleted_at is null then t.number end as ticket_number,
  case when t.id is not null and t.deleted_at is null then r.message_id end as message_id,
  r.flagged, r.reruns, ${custodyHidden} as hidden`

export const custodyJoins = `join sources s on s.id = r.source_id left join tickets t on t.id = r.ticket_id`

export function presentCustody(row: CustodyRow): CustodyItem {
  const { hidden } = row
  return {
    id: idOf('itm', row.id),
    source: { id: idOf('box', row.source_id), title: row.address },
    providerId: row.provider_id,
    from: hidden ? null : row.from_address,
    subject: hidden ? null : row.subject,
    receivedAt: row.received_at.toString(),
    size: row.size,
    disposition: row.disposition,
    reason: hidden ? 'It belongs to a ticket of a team you are not in.' : row.reason,
    ticketId: row.ticket_id && !hidden ? idOf('tkt', row.ticket_id) : null,
    ticketNumber: hidden ? null : row.ticket_number,
    messageId: row.message_id && !hidden ? idOf('msg', row.message_id) : null,
    flagged: row.flagged,
    reruns: row.reruns,
    hidden,
  }
}
