import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { DeliveryState } from '../store/deliveries.ts'
import type { StoredAddress } from '../tables.ts'

export type ChosenMessage = {
  id: Id<'msg'>
  kind: 'inbound' | 'reply' | 'note' | 'auto'
  authorId: string | null
  authorName: string
  from: StoredAddress | null
  to: StoredAddress[]
  cc: StoredAddress[]
  delivery: DeliveryState | null
  /** As the mail said it; null where it came otherwise. */
  subject: string | null
  machine: boolean
}

type Row = {
  id: string
  kind: ChosenMessage['kind']
  author_id: string | null
  author_name: string
  from_address: StoredAddress | null
  to_addresses: StoredAddress[]
  cc_addresses: StoredAddress[]
  state: DeliveryState | null
  subject: string | null
  machine: boolean
}

/** The messages of a ticket, oldest first. */
export async function messagesIn(desk: Desk, ticketId: Id<'tkt'>): Promise<ChosenMessage[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'messages-to-correct',
    text: `select m.id, m.kind, m.author_id, m.author_name, m.from_address, m.to_addresses, m.cc_addresses, d.state,
        coalesce((select r.subject from receipts r where r.message_id = m.id limit 1), d.subject) as subject,
        m.flags && array['auto_reply', 'bounce'] as machine
      from messages m left join deliveries d on d.message_id = m.id
      where m.ticket_id = $1 order by m.created_at, m.id`,
    values: [uuidOf(ticketId)],
  })
  return rows.map((row) => ({
    id: idOf('msg', row.id),
    kind: row.kind,
    authorId: row.author_id,
    authorName: row.author_name,
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
    delivery: row.state,
    subject: row.subject,
    machine: row.machine,
  }))
}

/** Of a ticket's messages the chosen ones; an id that is none of them is refused. */
export function choose(all: readonly ChosenMessage[], ids: readonly Id<'msg'>[]): ChosenMessage[] {
  const stranger = ids.findIndex((id) => !all.some((message) => message.id === id))
  if (stranger >= 0)
    throw new DeskError('invalid_request', `body.messageIds.${stranger}: is not a message of this ticket.`)
  return all.filter(({ id }) => ids.includes(id))
}

/** A reply among them cannot be moved just now: it is about to leave, or on the wire. */
export function isLeaving(messages: readonly ChosenMessage[]): boolean {
  return messages.some(({ delivery }) => delivery === 'scheduled' || delivery === 'handing_over')
}
