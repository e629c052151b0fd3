import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { normaliseSubject } from '../rules/subject.ts'

export type ImportedTicket = {
  id: Id<'tkt'>
  subject: string
  segment: 'consumer' | 'enterprise'
  sourceId: Id<'box'>
  teamId: Id<'tea'>
  requesterId: Id<'con'>
  accountId: Id<'acc'> | null
  preview: string
  lastAuthor: 'contact' | 'agent'
  at: Temporal.Instant
}

/** A ticket that was over before it came here: closed, without clocks, dated as its first mail. */
export async function insertImportedTicket(desk: Desk, ticket: ImportedTicket): Promise<void> {
  await desk.connection.query({
    name: 'insert-imported-ticket',
    text: `insert into tickets (id, subject, normalised_subject, status, priority, segment, channel, source_id, requester_id,
        account_id, team_id, tags, preview, last_author, created_at, updated_at, closed_at)
      values ($1, $2, $3, 'closed', 'normal', $4, 'email', $5, $6, $7, $8, '{imported}', $9, $10, $11, $11, $11)`,
    values: [
      uuidOf(ticket.id),
      ticket.subject,
      normaliseSubject(ticket.subject),
      ticket.segment,
      uuidOf(ticket.sourceId),
      uuidOf(ticket.requesterId),
      ticket.accountId ? uuidOf(ticket.accountId) : null,
      uuidOf(ticket.teamId),
      ticket.preview,
      ticket.lastAuthor,
      ticket.at.toString(),
    ],
  })
}

/** Stretches an imported ticket over one more of its mails; whichever is the latest is the one that lists show. */
export async function stretchImportedTicket(
  desk: Desk,
  id: Id<'tkt'>,
  mail: Pick<ImportedTicket, 'at' | 'preview' | 'lastAuthor'>,
): Promise<void> {
  await desk.connection.query({
    name: 'stretch-imported-ticket',
    text: `update tickets set created_at = least(created_at, $2), updated_at = greatest(updated_at, $2),
        closed_at = greatest(closed_at, $2), preview = case when $2 >= updated_at then $3 else preview end,
        last_author = case when $2 >= updated_at then $4 else last_author end
      where id = $1`,
    values: [uuidOf(id), mail.at.toString(), mail.preview, mail.lastAuthor],
  })
}

/** Whether a ticket still is as imports left it: closed, and nobody has changed it or goes on from it. */
export async function isUntouched(desk: Desk, id: Id<'tkt'>): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'is-imported-untouched',
    text: `select from tickets where id = $1 and status = 'closed' and version = 0 and 'imported' = any(tags)
        and not exists (select from ticket_links l where l.ticket_id = tickets.id or l.other_id = tickets.id) for update`,
    values: [uuidOf(id)],
  })
  return rowCount === 1
}
