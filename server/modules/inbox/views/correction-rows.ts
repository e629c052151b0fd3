import type { Correction } from '#contract/corrections.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { CorrectionUndo } from '../correction-tables.ts'
import { whyNotUndone } from '../rules/correction.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { requireVisible } from './read-ticket.ts'

type Row = {
  id: string
  kind: Correction['kind']
  ticket_id: string
  number: number
  other_id: string | null
  other_missing: boolean
  other_number: number | null
  other_subject: string | null
  undo: CorrectionUndo
  actor_kind: Correction['by']['kind']
  actor_name: string | null
  created_at: Temporal.Instant
  undone_at: Temporal.Instant | null
  later_on: number | null
  since: { what: 'mail' | 'reply'; number: number } | null
  leaving_on: number | null
}

const of = 'x.id in (c.ticket_id, c.other_id)'

const columns = `c.id, c.kind, c.ticket_id, t.number, o.id as other_id, c.other_id is not null and o.id is null as other_missing,
  o.number as other_number, o.subject as other_subject,
  c.undo, c.actor_kind, g.name as actor_name, c.created_at, c.undone_at,
  (select x.number from corrections l join tickets x on ${of} where l.seq > c.seq and l.undone_at is null
     and (l.ticket_id = x.id or l.other_id = x.id) limit 1) as later_on,
  (select json_build_object('what', case when e.type = 'message.sent' then 'reply' else 'mail' end, 'number', x.number)
     from tickets x join events e on e.ticket_id = x.id where ${of} and e.seq > c.ledger_seq
     and (e.type = 'message.received' and not coalesce((e.data ->> 'auto')::boolean, false)
       or e.type = 'message.sent' and e.data ->> 'kind' = 'reply') order by e.seq limit 1) as since,
  (select x.number from tickets x join deliveries d on d.ticket_id = x.id
     where ${of} and d.state in ('scheduled', 'handing_over') limit 1) as leaving_on`

const joins = `join tickets t on t.id = c.ticket_id and ${visibleTickets('t', 2)}
  left join tickets o on o.id = c.other_id and ${visibleTickets('o', 2)}
  left join agents g on g.id = c.agent_id`

/** The corrections of a ticket that may be seen, newest first. */
export async function listCorrections(desk: Desk, ticketId: Id<'tkt'>): Promise<{ items: Correction[] }> {
  await requireVisible(desk, ticketId)
  const { rows } = await desk.connection.query<Row>({
    name: 'corrections-of-ticket',
    text: `select ${columns} from (
        select * from (select * from corrections where ticket_id = $1 order by seq desc limit 100) own
        union all select * from (select * from corrections where other_id = $1 order by seq desc limit 100) others
      ) c ${joins} order by c.seq desc limit 100`,
    values: [uuidOf(ticketId), teamsOf(desk.actor)],
  })
  return { items: rows.map(presentCorrection) }
}

/** One correction, if the ticket it was done on may be seen. */
export async function readCorrectionView(desk: Desk, id: Id<'cor'>): Promise<Correction> {
  const { rows } = await desk.connection.query<Row>({
    name: 'correction',
    text: `select ${columns} from corrections c ${joins} where c.id = $1`,
    values: [uuidOf(id), teamsOf(desk.actor)],
  })
  const row = rows[0]
  if (!row) throw notFound('correction')
  return presentCorrection(row)
}

function presentCorrection(row: Row): Correction {
  return {
    id: idOf('cor', row.id),
    kind: row.kind,
    ticket: { id: idOf('tkt', row.ticket_id), number: row.number },
    other:
      row.other_id === null
        ? null
        : { id: idOf('tkt', row.other_id), number: row.other_number ?? 0, subject: row.other_subject ?? '' },
    messageIds: row.undo.messageIds as Id<'msg'>[],
    by: { kind: row.actor_kind, name: row.actor_name },
    createdAt: row.created_at.toString(),
    undoneAt: row.undone_at?.toString() ?? null,
    whyNotUndone: whyNotUndone({
      kind: row.kind,
      undone: row.undone_at !== null,
      missing: row.other_missing,
      laterOn: row.later_on,
      since: row.since,
      leavingOn: row.leaving_on,
    }),
  }
}
