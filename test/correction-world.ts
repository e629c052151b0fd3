import type { Id } from '#contract/ids.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { TestWorld } from './build.ts'
import { createLetterWorld, type Letter, type LetterWorld } from './letters.ts'

export type CorrectionWorld = Omit<LetterWorld, 'arrive'> & {
  /** A mail that becomes a message; resolves to where it went. */
  arrive(letter?: Letter): Promise<{ ticketId: Id<'tkt'>; messageId: Id<'msg'> }>
  /** A person's reply that has left. */
  reply(ticketId: Id<'tkt'>, more?: object): Promise<Id<'msg'>>
  /** When the first-reply clock of a ticket began. */
  began(ticketId: Id<'tkt'>): Promise<string>
  snapshot(ids: readonly Id<'tkt'>[]): Promise<unknown>
}

/** A desk that takes mail and whose replies leave at once, for moving things about in. */
export async function createCorrectionWorld(...mail: Parameters<typeof createLetterWorld>): Promise<CorrectionWorld> {
  const t = await createLetterWorld(...mail)
  return {
    ...t,
    async arrive(letter = {}) {
      const { ticketId, messageId } = await t.arrive(letter)
      if (!ticketId || !messageId) throw new Error('it became no message')
      return { ticketId, messageId }
    },
    reply: async (ticketId, more) => (await t.answer(ticketId, more)).id,
    async began(ticketId) {
      const { rows } = await t.world.pool.query(
        `select started_at from ticket_clocks where ticket_id = $1 and target = 'first_reply'`,
        [uuidOf(ticketId)],
      )
      return String(rows[0].started_at)
    },
    snapshot: (ids) => snapshotOf(t, ids),
  }
}

const parts = {
  ticket: `select status, priority, requester_id, account_id, segment, assignee_id, team_id, tags, subject, preview, last_author,
    attention, solve_cycle, reopened, solved_at, closed_at, merged_into_id, urgent_at from tickets where id = $1`,
  messages: `select id, author_id, author_name, proposal from messages where ticket_id = $1 order by created_at, id`,
  people: `select email, contact_id, kind from ticket_participants where ticket_id = $1 order by email`,
  links: `select ticket_id, other_id, kind from ticket_links where ticket_id = $1 or other_id = $1 order by 1, 2, 3`,
  attachments: `select id, message_id from attachments where ticket_id = $1 order by id`,
  deliveries: `select message_id, state from deliveries where ticket_id = $1 order by message_id`,
  search: `select message_id from message_search where ticket_id = $1 order by message_id`,
  receipts: `select id, message_id from receipts where ticket_id = $1 order by id`,
  drafts: `select agent_id, html from drafts where ticket_id = $1 order by agent_id`,
  clocks: `select target, state, started_at, due_at, ended_at, seconds from ticket_clocks where ticket_id = $1 order by target`,
} as const

/** Everything of some tickets that a correction may touch, without the times at which it was touched. */
async function snapshotOf(t: TestWorld, ids: readonly Id<'tkt'>[]) {
  const all: Record<string, unknown> = {}
  for (const id of ids)
    for (const [part, text] of Object.entries(parts)) {
      const { rows } = await t.world.pool.query(text, [uuidOf(id)])
      all[`${id} ${part}`] = JSON.parse(JSON.stringify(rows))
    }
  return all
}

/** Where every message and what follows it is, for comparing with where the message is. */
export async function strays(t: TestWorld): Promise<unknown[]> {
  const { rows } = await t.world.pool
    .query(`select 'receipt' as what, r.id from receipts r join messages m on m.id = r.message_id
      where r.ticket_id <> m.ticket_id
    union all select 'attachment', a.id from attachments a join messages m on m.id = a.message_id where a.ticket_id <> m.ticket_id
    union all select 'delivery', d.message_id from deliveries d join messages m on m.id = d.message_id
      where d.ticket_id <> m.ticket_id
    union all select 'words', s.message_id from message_search s join messages m on m.id = s.message_id
      where s.ticket_id <> m.ticket_id
    union all select 'lost message', r.id from receipts r where r.message_id is not null
      and not exists (select from messages m where m.id = r.message_id)`)
  return rows
}

export async function ticketOf(t: TestWorld, messageId: Id<'msg'>): Promise<Id<'tkt'>> {
  const { rows } = await t.world.pool.query('select ticket_id from messages where id = $1', [uuidOf(messageId)])
  return idOf('tkt', rows[0].ticket_id)
}
