import type { Desk } from '#server/desk.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { presentTicketRow, ticketRowColumns, ticketRowJoins, type TicketRecord } from './ticket-row.ts'

/** Messages looked at for words, newest first; ranking every hit of a common word would take seconds. */
const candidates = 200

type Hit = { ticketId: string; snippet: string; at: Temporal.Instant | null; score: number }

/**
 * Tickets by number, requester, address, subject or Message-ID first, then by words in their messages and notes. Says how
 * far back the words were looked for.
 */
export async function searchTickets(desk: Desk, q: string, limit: number) {
  const text = q.trim()
  const exact = await findExactly(desk, text, limit)
  const { hits, lookedBackTo } = await findWords(desk, text)
  const best = new Map<string, Hit>()
  for (const hit of [...exact, ...hits]) {
    const known = best.get(hit.ticketId)
    if (!known || known.score < hit.score) best.set(hit.ticketId, hit)
  }
  const ordered = [...best.values()].sort((a, b) => b.score - a.score).slice(0, limit)
  const rows = await readRows(
    desk,
    ordered.map((hit) => hit.ticketId),
  )
  return {
    items: ordered.flatMap((hit) => {
      const row = rows.get(hit.ticketId)
      return row ? [{ ticket: presentTicketRow(row), snippet: hit.snippet || row.preview }] : []
    }),
    lookedBackTo: lookedBackTo?.toString() ?? null,
  }
}

/** Matches that a person who types them means: they stand above anything found by words. */
async function findExactly(desk: Desk, text: string, limit: number): Promise<Hit[]> {
  const number = /^#?(\d{1,12})$/.exec(text)?.[1]
  const messageId = text.replace(/^<|>$/g, '')
  const { rows } = await desk.connection.query<{ id: string; updated_at: Temporal.Instant; score: number }>({
    name: 'search-exact',
    text: `select t.id, t.updated_at, s.score from (
        (select id, 100 as score from tickets where number = $2)
        union all
        (select ticket_id, 90 from messages where provider_id = $3 limit 20)
        union all
        (select t.id, 80 from contact_identities i join tickets t on t.requester_id = i.contact_id
           where i.kind = 'email' and i.value = lower($3) order by t.updated_at desc limit $4)
        union all
        (select t.id, 70 from contacts c join tickets t on t.requester_id = c.id
           where length($5) >= 3 and c.name ilike $6 order by t.updated_at desc limit $4)
      ) s join tickets t on t.id = s.id where ${visibleTickets('t', 1)}`,
    values: [
      teamsOf(desk.actor),
      number ? Number(number) : null,
      messageId,
      limit,
      text,
      `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
    ],
  })
  return rows.map((row) => ({ ticketId: row.id, snippet: '', at: row.updated_at, score: row.score }))
}

async function findWords(desk: Desk, text: string): Promise<{ hits: Hit[]; lookedBackTo: Temporal.Instant | null }> {
  const { rows } = await desk.connection.query<{
    ticket_id: string
    created_at: Temporal.Instant
    rank: number
    snippet: string
  }>({
    name: 'search-words',
    text: `with found as (
        select s.message_id, s.ticket_id, s.created_at, s.words from message_search s
        where s.words @@ websearch_to_tsquery('simple', $2) order by s.created_at desc limit ${candidates}
      ), ranked as (
        select distinct on (f.ticket_id) f.message_id, f.ticket_id, f.created_at,
          ts_rank(f.words, websearch_to_tsquery('simple', $2))
            / (1 + extract(epoch from ($3::timestamptz - f.created_at)) / 2592000) as rank
        from found f join tickets t on t.id = f.ticket_id where ${visibleTickets('t', 1)}
        order by f.ticket_id, rank desc
      )
      select r.ticket_id, r.created_at, r.rank::float8 as rank,
        ts_headline('simple', left(m.text, 20000), websearch_to_tsquery('simple', $2),
          'StartSel=«, StopSel=», MaxFragments=1, MaxWords=24, MinWords=12') as snippet
      from ranked r join messages m on m.id = r.message_id order by r.rank desc limit 50`,
    values: [teamsOf(desk.actor), text, desk.now().toString()],
  })
  const oldest = rows.map((row) => row.created_at).sort(Temporal.Instant.compare)[0] ?? null
  const lookedBackTo = rows.length >= 50 ? oldest : null
  return {
    hits: rows.map((row) => ({
      ticketId: row.ticket_id,
      snippet: row.snippet.replace(/\s+/g, ' ').trim(),
      at: row.created_at,
      score: Math.min(60, row.rank * 60),
    })),
    lookedBackTo,
  }
}

async function readRows(desk: Desk, uuids: string[]): Promise<Map<string, TicketRecord>> {
  if (uuids.length === 0) return new Map()
  const { rows } = await desk.connection.query<TicketRecord>({
    name: 'search-rows',
    text: `select ${ticketRowColumns} from tickets t ${ticketRowJoins} where t.id = any($1::uuid[])`,
    values: [uuids],
  })
  return new Map(rows.map((row) => [row.id, row]))
}
