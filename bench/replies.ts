import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { benchMail } from './mails.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { seedStored } from './seed-stored.ts'
import { openDatabase } from './seed-tickets.ts'
import { openSmtp } from '#test/smtp-client.ts'

type Reply = { id: string; ticketId: string; providerId: string }

/**
 * Replies written through the API and handed over by SMTP to the outside world, each timed from the request to the moment
 * it is seen as sent. `--n` replies (300), `--concurrency` writers (8), `--stored` messages that the desk holds
 * already (0).
 */
export const replies: Bench = async (options) => {
  const n = count(options, 'n', 300)
  const concurrency = count(options, 'concurrency', 8)
  const stored = options.stored ? count(options, 'stored', 1) : 0
  say('Starting a desk of its own, with fsync on.')
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  try {
    await withoutUndo(desk)
    if (stored > 0) say(`Seeding ${stored} messages.`)
    const database = await openDatabase(desk.dataDir)
    await seedStored(database, stored).finally(() => database.end())
    say(`Making ${n} tickets to answer.`)
    const tickets = await makeTickets(desk, n)
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    say(`Writing ${n} replies.`)
    const started = performance.now()
    const durations: number[] = []
    const written: Reply[] = []
    const waiting = [...tickets]
    const writer = async () => {
      for (let ticket = waiting.pop(); ticket; ticket = waiting.pop()) {
        const began = performance.now()
        const path = `/tickets/${ticket}/messages`
        const reply = await desk.api<Reply>('POST', path, { kind: 'reply', text: 'We look into it.\n\nKind regards' })
        if (reply.status !== 201) throw new Error(`The reply was answered ${reply.status}`)
        written.push(reply.body)
        await until(async () => (await state(desk, reply.body)) === 'sent', 'a reply to be sent', 120)
        durations.push(performance.now() - began)
      }
    }
    await Promise.all(Array.from({ length: concurrency }, writer))
    const seconds = (performance.now() - started) / 1000
    const cpu = figures.cpuMs()
    say('Checking that the world has each exactly once.')
    for (const { providerId } of written) {
      const query = new URLSearchParams({ messageId: providerId })
      const { body } = await desk.world<{ count: number }>('GET', `/mail/received?${query}`)
      if (body.count !== 1) throw new Error(`${providerId} arrived ${body.count} times`)
    }
    const peakMb = figures.peakMb()
    figures.stop()
    return {
      name: 'replies',
      sizes: { replies: n, concurrency, stored },
      ops: n,
      seconds: round(seconds),
      perSecond: round(n / seconds),
      ms: percentiles(durations),
      peakMb,
      quality: {
        deskCpuMsPerReply: round((cpu.desk ?? 0) / n),
        databaseCpuMsPerReply: round((cpu.database ?? 0) / n),
      },
      checked: [`all ${n} replies are sent`, 'the world received each Message-ID exactly once'],
    }
  } finally {
    await desk.remove()
  }
}

async function withoutUndo(desk: RunningDesk): Promise<void> {
  const settings = await desk.api<{ version: number }>('GET', '/settings')
  const { status } = await desk.api('PATCH', '/settings', { version: settings.body.version, undoSeconds: 0 })
  if (status !== 200) throw new Error(`The settings answered ${status}`)
}

async function makeTickets(desk: RunningDesk, n: number): Promise<string[]> {
  const client = await openSmtp(desk.smtpPort())
  for (let index = 0; index < n; index++)
    await client.send(benchMail('replies', index, 'support@localhost'), 'support@localhost')
  client.close()
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await desk.api(
      'GET',
      `/tickets?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    ids.push(...page.body.items.map(({ id }) => id))
    // The newest come first; older ones are the seed's.
    cursor = ids.length < n ? page.body.nextCursor : null
  }
  return ids.slice(0, n)
}

type Page = { items: { id: string; delivery: { state: string } | null }[] }

async function state(desk: RunningDesk, reply: Reply): Promise<string | undefined> {
  const { body } = await desk.api<Page>('GET', `/tickets/${reply.ticketId}/messages?order=newest&limit=3`)
  return body.items.find(({ id }) => id === reply.id)?.delivery?.state
}
