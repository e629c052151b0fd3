import type { Client } from 'pg'
import { viewIds, type ViewId } from '#contract/inbox.ts'
import { encodeCursor } from '#platform/cursor.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { startRunningDesk, type RunningDesk } from '#test/running-desk.ts'
import { signIn, type Session } from './browser-session.ts'
import { benchMail } from './mails.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { openDatabase, seedTickets } from './seed-tickets.ts'
import { openSmtp } from '#test/smtp-client.ts'

type Page = { items: { id: string }[]; nextCursor: string | null }

/**
 * Pages of 50 of every view, from the first to the deepest, and the counts of all views, over HTTP as the agent app asks
 * for them: first in peace, then while mail comes in. `--tickets` (100000), `--messages` for each (5), `--rounds` (30),
 * `--mails` a second in the second half (50).
 */
export const viewBench: Bench = async (options) => {
  const tickets = count(options, 'tickets', 100_000)
  const messagesEach = count(options, 'messages', 5)
  const rounds = count(options, 'rounds', 30)
  const mailsPerSecond = count(options, 'mails', 50)
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  try {
    const session = await signIn(desk)
    const database = await openDatabase(desk.dataDir)
    say(`Seeding ${tickets} tickets with ${messagesEach} messages each.`)
    await seedTickets(database, { tickets, messagesEach, agentUuid: uuidOf(session.agentId) })
    const starts = await startsOf(database, session.agentId)
    const checked = await check(session, database)
    await pages(session, starts, 3)
    await counts(session, 30)
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    say('Reading pages in peace.')
    const began = performance.now()
    const calm = await pages(session, starts, rounds)
    const seconds = (performance.now() - began) / 1000
    const cpu = figures.cpuMs()
    const calmCounts = await counts(session, rounds * 8)
    say(`Reading pages while ${mailsPerSecond} mails a second come in.`)
    const mail = sendMail(desk, mailsPerSecond)
    const busy = await pages(session, starts, rounds)
    const busyCounts = await counts(session, rounds * 8)
    const sent = await mail.stop()
    const peakMb = figures.peakMb()
    figures.stop()
    await database.end()
    session.close()
    const all = calm.flatMap(({ ms }) => ms)
    const p99 = (found: Timed[], where: (one: Timed) => boolean) =>
      percentiles(found.filter(where).map(({ ms }) => ms)).p99
    return {
      name: 'view',
      sizes: { tickets, messages: tickets * messagesEach, views: viewIds.length, pageSize: 50, mailsPerSecond },
      ops: calm.length,
      seconds: round(seconds),
      perSecond: round(calm.length / seconds),
      ms: percentiles(all),
      peakMb,
      quality: {
        deskCpuMsPerPage: round((cpu.desk ?? 0) / calm.length),
        databaseCpuMsPerPage: round((cpu.database ?? 0) / calm.length),
        deepPagesP99: p99(calm, ({ depth }) => depth > 0.4),
        slowestViewP99: Math.max(...viewIds.map((view) => p99(calm, (one) => one.view === view))),
        countsP50: percentiles(calmCounts).p50,
        countsP99: percentiles(calmCounts).p99,
        withMailP50: percentiles(busy.map(({ ms }) => ms)).p50,
        withMailP99: percentiles(busy.map(({ ms }) => ms)).p99,
        withMailCountsP99: percentiles(busyCounts).p99,
        mailsTaken: sent,
      },
      checked,
    }
  } finally {
    await desk.remove()
  }
}

type Start = { view: ViewId; depth: number; cursor: string | null }
type Timed = { view: ViewId; depth: number; ms: number }

const conditions: Record<ViewId, { where: string; key: string; descending: boolean }> = {
  next: { where: `status in ('new', 'open')`, key: 'urgent_at', descending: false },
  mine: {
    where: `assignee_id = $1 and status in ('new', 'open', 'pending', 'on_hold')`,
    key: 'urgent_at',
    descending: false,
  },
  unassigned: { where: `assignee_id is null and status in ('new', 'open')`, key: 'urgent_at', descending: false },
  open: { where: `status = 'open'`, key: 'updated_at', descending: true },
  pending: { where: `status = 'pending'`, key: 'updated_at', descending: true },
  attention: { where: `attention is not null`, key: 'updated_at', descending: true },
  solved: { where: `solved_at is not null`, key: 'solved_at', descending: true },
  all: { where: 'true', key: 'updated_at', descending: true },
}
const depths = [0, 0, 0.001, 0.25, 0.5, 0.75, 0.95]

/** Where to start reading each view: its beginning, and places far in it, found by SQL of the bench's own. */
async function startsOf(database: Client, agentId: string): Promise<Start[]> {
  const starts: Start[] = []
  for (const view of viewIds) {
    const { where, key, descending } = conditions[view]
    const order = descending ? `${key} desc, id desc` : `${key} asc nulls last, id asc`
    const values = where.includes('$1') ? [uuidOf(agentId)] : []
    const { rows } = await database.query<{ at: string | null; id: string }>(
      `select to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, id
       from tickets where ${where} order by ${order}`,
      values,
    )
    for (const depth of depths) {
      const row = depth === 0 ? undefined : rows[Math.floor(rows.length * depth)]
      starts.push({ view, depth, cursor: row ? encodeCursor([row.at, idOf('tkt', row.id)]) : null })
    }
  }
  return starts
}

async function pages(session: Session, starts: readonly Start[], rounds: number): Promise<Timed[]> {
  const timed: Timed[] = []
  for (let turn = 0; turn < rounds; turn++)
    for (const { view, depth, cursor } of starts) {
      const { ms } = await session.get<Page>(addressOf(view, cursor))
      timed.push({ view, depth, ms })
    }
  return timed
}

function addressOf(view: ViewId, cursor: string | null): string {
  return `/tickets?view=${view}&limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
}

async function counts(session: Session, n: number): Promise<number[]> {
  const timed: number[] = []
  for (let turn = 0; turn < n; turn++) timed.push((await session.get('/views')).ms)
  return timed
}

/** Walks whole views page by page: every ticket of the view once, in one order. */
async function check(session: Session, database: Client): Promise<string[]> {
  const checked: string[] = []
  for (const view of ['next', 'unassigned', 'mine', 'pending'] as const) {
    const seen = new Set<string>()
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const { body }: { body: Page } = await session.get<Page>(addressOf(view, cursor))
      for (const { id } of body.items) {
        if (seen.has(id)) throw new Error(`${view} shows ${id} twice`)
        seen.add(id)
      }
      cursor = body.nextCursor
    }
    const { where } = conditions[view]
    const values = where.includes('$1') ? [uuidOf(session.agentId)] : []
    const { rows } = await database.query<{ n: number }>(
      `select count(*)::int as n from tickets where ${where}`,
      values,
    )
    if (rows[0]?.n !== seen.size) throw new Error(`${view} showed ${seen.size} tickets of ${rows[0]?.n}`)
    checked.push(`walking the view "${view}" showed each of its ${seen.size} tickets once`)
  }
  return checked
}

/** Mail at a steady pace until stopped; resolves to how many were taken. */
function sendMail(desk: RunningDesk, perSecond: number): { stop(): Promise<number> } {
  const stop = new AbortController()
  const run = async () => {
    const client = await openSmtp(desk.smtpPort())
    const began = performance.now()
    let sent = 0
    while (!stop.signal.aborted) {
      const answer = await client.send(benchMail('view', sent, 'support@localhost'), 'support@localhost')
      if (!answer.startsWith('250')) throw new Error(answer)
      sent++
      const early = (sent / perSecond) * 1000 - (performance.now() - began)
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    }
    client.close()
    return sent
  }
  const running = run()
  return {
    stop() {
      stop.abort()
      return running
    },
  }
}
