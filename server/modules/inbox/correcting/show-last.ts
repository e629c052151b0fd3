import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { previewOf } from '../rules/preview.ts'
import { touchTicket } from '../store/tickets.ts'
import type { MessagePart } from '../tables.ts'

/** The list shows again what was last said in a ticket; what machines wrote does not count. */
export async function showLast(desk: Desk, ticketId: Id<'tkt'>): Promise<void> {
  const { rows } = await desk.connection.query<{
    text: string
    parts: MessagePart[] | null
    author_kind: 'contact' | 'agent' | 'system'
  }>({
    name: 'last-said',
    text: `select m.text, m.parts, m.author_kind from messages m left join deliveries d on d.message_id = m.id
      where m.ticket_id = $1 and m.kind in ('inbound', 'reply') and not m.flags && array['auto_reply', 'bounce']
        and coalesce(d.state, '') <> 'cancelled'
      order by m.created_at desc, m.id desc limit 1`,
    values: [uuidOf(ticketId)],
  })
  const last = rows[0]
  await touchTicket(
    desk,
    ticketId,
    last ? { preview: previewOf(newWords(last.text, last.parts) || last.text), author: last.author_kind } : null,
  )
}

function newWords(text: string, parts: MessagePart[] | null): string {
  if (!parts) return text
  let at = 0
  return parts
    .flatMap(({ kind, length }) => {
      const part = text.slice(at, (at += length))
      return kind === 'reply' ? [part] : []
    })
    .join('')
}
