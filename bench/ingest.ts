import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { benchMail, type BenchMail } from './mails.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { seedStored } from './seed-stored.ts'
import { openDatabase } from './seed-tickets.ts'
import { openSmtp } from '#test/smtp-client.ts'

const to = 'support@localhost'

/**
 * Distinct mails over SMTP, each timed from its envelope to the 250 that says it is committed with its ticket and clock.
 * `--n` mails (2000), `--concurrency` connections (8), `--warm` mails before the measurement (200), `--stored` messages that
 * the desk holds already (0), `--rate` mails a second instead of as fast as it goes.
 */
export const ingest: Bench = async (options) => {
  const n = count(options, 'n', 2000)
  const concurrency = count(options, 'concurrency', 8)
  const warm = count(options, 'warm', 200)
  const stored = options.stored ? count(options, 'stored', 1) : 0
  const rate = options.rate ? count(options, 'rate', 1) : 0
  say('Starting a desk of its own, with fsync on.')
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  const database = await openDatabase(desk.dataDir)
  try {
    if (stored > 0) say(`Seeding ${stored} messages.`)
    await seedStored(database, stored)
    await deliver(desk, mails('warm', warm), concurrency)
    const before = await tally(database)
    const measured = mails(`run${randomBytes(3).toString('hex')}`, n)
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    say(`Sending ${n} mails over ${concurrency} connections.`)
    const started = performance.now()
    const durations = await deliver(desk, measured, concurrency, rate)
    const seconds = (performance.now() - started) / 1000
    const cpu = figures.cpuMs()
    say('Checking every ticket and its clock.')
    await check(desk, database, measured, before)
    await until(async () => (await unfinished(database)) === 0, 'the work after receipt', 300)
    const settled = (performance.now() - started) / 1000
    const peakMb = figures.peakMb()
    figures.stop()
    return {
      name: 'ingest',
      sizes: {
        mails: n,
        concurrency,
        stored,
        rate,
        bytes: measured.reduce((sum, mail) => sum + mail.raw.byteLength, 0),
      },
      ops: n,
      seconds: round(seconds),
      perSecond: round(n / seconds),
      ms: percentiles(durations),
      peakMb,
      quality: {
        deskCpuMsPerMail: round((cpu.desk ?? 0) / n),
        databaseCpuMsPerMail: round((cpu.database ?? 0) / n),
        loadCpuMsPerMail: round((cpu.load ?? 0) / n),
        secondsUntilWorkDone: round(settled),
      },
      checked: [
        `every mail was answered 250 and exactly ${n} new tickets exist, one per subject`,
        'each has a running first-reply clock',
        'custody counts every mail as ticketed, once, and nothing else',
        'every mail is indexed and its sender authenticated',
      ],
    }
  } finally {
    await database.end()
    await desk.remove()
  }
}

function mails(run: string, n: number): BenchMail[] {
  return Array.from({ length: n }, (_, index) => benchMail(run, index, to))
}

/** Sends all of them, `rate` a second where given, and resolves to how long each took, in milliseconds. */
async function deliver(desk: RunningDesk, all: readonly BenchMail[], concurrency: number, rate = 0): Promise<number[]> {
  const waiting = [...all].reverse()
  const durations: number[] = []
  const started = performance.now()
  let sent = 0
  const worker = async () => {
    const client = await openSmtp(desk.smtpPort())
    for (let mail = waiting.pop(); mail; mail = waiting.pop()) {
      const turn = rate > 0 ? started + (sent++ * 1000) / rate - performance.now() : 0
      if (turn > 0) await sleep(turn)
      const began = performance.now()
      const answer = await client.send(mail, to)
      durations.push(performance.now() - began)
      if (!answer.startsWith('250')) throw new Error(`${mail.messageId}: ${answer}`)
    }
    client.close()
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return durations
}

type Tally = { tickets: number; ticketed: number; others: number }

async function tally(database: Client): Promise<Tally> {
  const { rows } = await database.query<Tally>(
    `select (select count(*) from tickets)::int as tickets,
       (select coalesce(sum(count), 0) from custody_counts where disposition = 'ticketed')::int as ticketed,
       (select coalesce(sum(count), 0) from custody_counts where disposition <> 'ticketed')::int as others`,
  )
  return rows[0] ?? { tickets: 0, ticketed: 0, others: 0 }
}

type TicketPage = {
  items: { subject: string; clocks: { target: string; state: string; dueAt: string | null }[] }[]
  nextCursor: string | null
}

/** Reads the newest tickets through the API until every mail is found again, and holds the counts against those before. */
async function check(desk: RunningDesk, database: Client, sent: readonly BenchMail[], before: Tally): Promise<void> {
  const wanted = new Set(sent.map(({ subject }) => subject))
  for (let cursor: string | null = ''; cursor !== null && wanted.size > 0;) {
    const page: { body: TicketPage } = await desk.api(
      'GET',
      `/tickets?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    for (const { subject, clocks } of page.body.items) {
      if (!wanted.delete(subject)) continue
      if (!clocks.some((clock) => clock.target === 'first_reply' && clock.state === 'running' && clock.dueAt))
        throw new Error(`${subject} has no running clock`)
    }
    cursor = page.body.nextCursor
  }
  const { tickets, ticketed, others } = await tally(database)
  const more = {
    tickets: tickets - before.tickets,
    ticketed: ticketed - before.ticketed,
    others: others - before.others,
  }
  if (wanted.size > 0 || more.tickets !== sent.length || more.ticketed !== sent.length || more.others !== 0)
    throw new Error(`${wanted.size} mails have no ticket; there are now more by ${JSON.stringify(more)}`)
}

/** Mails whose work after receipt is not done. */
async function unfinished(database: Client): Promise<number> {
  const { rows } = await database.query<{ n: number }>('select count(*)::int as n from receipt_work')
  return rows[0]?.n ?? 0
}
