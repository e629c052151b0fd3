import type { Id } from '#contract/ids.ts'
import type { Ticket } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { presentTicketRow, ticketRowColumns, ticketRowJoins, type TicketRecord } from './ticket-row.ts'

type FullRecord = TicketRecord & {
  source_id: string | null
  reopened: number
  version: number
  links: { kind: Ticket['links'][number]['kind']; id: string; number: number }[] | null
  rating: { score: number; comment: string | null; at: string } | null
  merged_into: { id: string; number: number; subject: string } | null
}

const text = `select ${ticketRowColumns}, t.source_id, t.reopened, t.version,
    (select json_agg(json_build_object('kind', l.kind, 'id', o.id, 'number', o.number) order by o.number)
       from (select kind, other_id as id from ticket_links where ticket_id = t.id
             union select kind, ticket_id from ticket_links where other_id = t.id) l
       join tickets o on o.id = l.id where ${visibleTickets('o', 2)}) as links,
    (select json_build_object('score', r.score, 'comment', r.comment, 'at', r.rated_at) from ratings r
       where r.ticket_id = t.id and r.score is not null order by r.cycle desc limit 1) as rating,
    (select json_build_object('id', m.id, 'number', m.number, 'subject', m.subject) from tickets m
       where m.id = t.merged_into_id and ${visibleTickets('m', 2)}) as merged_into
  from tickets t ${ticketRowJoins} where t.id = $1 and ${visibleTickets('t', 2)}`

/** One ticket as the API shows it. A ticket of a team that may not be seen is as unknown as one that never was. */
export async function readTicket(desk: Desk, id: Id<'tkt'>): Promise<Ticket> {
  const { rows } = await desk.connection.query<FullRecord>({
    name: 'read-ticket',
    text,
    values: [uuidOf(id), teamsOf(desk.actor)],
  })
  const row = rows[0]
  if (!row) throw notFound('ticket')
  const { closedAfterDays } = await getSettings(desk)
  const closes = row.status === 'solved' ? row.solved_at?.add({ hours: 24 * closedAfterDays }) : undefined
  return {
    ...presentTicketRow(row),
    links: (row.links ?? []).map((link) => ({ kind: link.kind, ticketId: idOf('tkt', link.id), number: link.number })),
    mergedInto: row.merged_into && { ...row.merged_into, id: idOf('tkt', row.merged_into.id) },
    mailboxId: row.source_id ? idOf('box', row.source_id) : null,
    closesAt: closes?.toString() ?? null,
    reopened: row.reopened,
    rating: row.rating && { ...row.rating, at: Temporal.Instant.from(row.rating.at).toString() },
    version: row.version,
  }
}

/** Refuses, as not found, a ticket the actor may not see. */
export async function requireVisible(desk: Desk, id: Id<'tkt'>): Promise<void> {
  const { rowCount } = await desk.connection.query({
    name: 'require-visible-ticket',
    text: `select 1 from tickets t where t.id = $1 and ${visibleTickets('t', 2)}`,
    values: [uuidOf(id), teamsOf(desk.actor)],
  })
  if (rowCount === 0) throw notFound('ticket')
}
