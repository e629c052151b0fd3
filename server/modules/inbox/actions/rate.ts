import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { hashSecret } from '#platform/secrets.ts'
import { record } from '../record.ts'
import { lockTicket, touchTicket } from '../store/tickets.ts'

export type AskedRating = {
  ratingId: Id<'rat'>
  ticketId: Id<'tkt'>
  cycle: number
  agentId: Id<'agt'> | null
  score: number | null
  subject: string
}

/** The rating that a token from a mail stands for, or undefined for a token that is not ours. */
export async function findRating(desk: Desk, token: string): Promise<AskedRating | undefined> {
  const { rows } = await desk.connection.query<{
    id: string
    ticket_id: string
    cycle: number
    agent_id: string | null
    score: number | null
    subject: string
  }>({
    name: 'find-rating',
    text: `select r.id, r.ticket_id, r.cycle, r.agent_id, r.score, t.subject from ratings r
      join tickets t on t.id = r.ticket_id where r.token_hash = $1`,
    values: [hashSecret(token)],
  })
  const row = rows[0]
  return (
    row && {
      ratingId: idOf('rat', row.id),
      ticketId: idOf('tkt', row.ticket_id),
      cycle: row.cycle,
      agentId: row.agent_id ? idOf('agt', row.agent_id) : null,
      score: row.score,
      subject: row.subject,
    }
  )
}

/** Counts a rating, once per solve; the credit is the agent's who had the ticket when it was solved. */
export async function rate(desk: Desk, token: string, score: number, comment: string | null): Promise<void> {
  await desk.transaction(async (tx) => {
    const asked = await findRating(tx, token)
    if (!asked) throw new DeskError('not_found', 'This rating link is not one of ours.')
    const ticket = await lockTicket(tx, asked.ticketId)
    const { rowCount } = await tx.connection.query(
      `update ratings set score = $2, comment = $3, rated_at = $4 where id = $1 and score is null`,
      [uuidOf(asked.ratingId), score, comment, tx.now().toString()],
    )
    if (rowCount === 0) throw new DeskError('conflict', 'You have rated this already. Thank you.')
    await record(tx, ticket, [
      { type: 'csat.rated', data: { rating: score, cycle: asked.cycle, agentId: asked.agentId } },
    ])
    await touchTicket(tx, asked.ticketId, null)
  })
}
