import { startRunningDesk } from '#test/running-desk.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { seedReceipts } from './seed-receipts.ts'
import { openDatabase } from './seed-tickets.ts'

/** What people look for, alone and in the usual pairs. `n` is the turn, so that no two searches are the same. */
const searches: Record<string, (n: number) => Record<string, string>> = {
  newest: () => ({}),
  'sender, whole address': (n) => ({
    sender: `refund.person${2 + 121 * (n % 300)}@customer${(2 + 121 * (n % 300)) % 977}.test`,
  }),
  'sender, busiest address': () => ({ sender: 'invoice.person0@gmail.example' }),
  'sender, domain': (n) => ({ sender: `customer${(n * 7) % 977}.test` }),
  'sender, big domain': () => ({ sender: '@gmail.example' }),
  'sender, part': (n) => ({ sender: `person${(n * 37) % 40000}@` }),
  'sender, nobody': (n) => ({ sender: `nobody${n}@nowhere` }),
  'recipient, plus address': (n) => ({ recipient: `support+tag${(n * 11) % 5000}@` }),
  'recipient, usual': () => ({ recipient: 'support@localhost' }),
  'subject, common word': () => ({ subject: 'invoice' }),
  'subject, rare word': (n) => ({ subject: String(1000 + n * 37) }),
  'subject, two words': (n) => ({
    subject: ['widget dashboard', 'meeting invoice', 'refund video', 'slack domain'][n % 4] ?? '',
  }),
  'Message-ID': (n) => ({ messageId: `<seed.${1 + n * 13}@customer${(1 + n * 13) % 977}.test>` }),
  'a day': (n) => ({ from: daysAgo(3 + n), to: daysAgo(2 + n) }),
  disposition: (n) => ({ disposition: ['parked', 'suppressed', 'noted'][n % 3] ?? 'parked' }),
  flagged: () => ({ flagged: 'true' }),
  'sender and day': (n) => ({ sender: 'gmail', from: daysAgo(3 + n), to: daysAgo(2 + n) }),
  'sender and subject': (n) => ({ sender: 'gmail.example', subject: n % 2 ? 'widget' : 'refund' }),
  'sender and disposition': () => ({ sender: 'gmail.example', disposition: 'parked' }),
  'subject and disposition': () => ({ subject: 'widget', disposition: 'noted' }),
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

/**
 * Custody searched by everything it can be searched by. `--n` receipts (100000), `--turns` of each search (40). Prints the
 * percentiles of each search; the line is of all together.
 */
export const custody: Bench = async (options) => {
  const n = count(options, 'n', 100_000)
  const turns = count(options, 'turns', 40)
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  const database = await openDatabase(desk.dataDir)
  try {
    say(`Seeding ${n} receipts.`)
    await seedReceipts(database, n)
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    const started = performance.now()
    const all: number[] = []
    const quality: Record<string, string> = {}
    for (const [name, make] of Object.entries(searches)) {
      const durations: number[] = []
      let items = 0
      for (let turn = 0; turn < turns; turn++) {
        const path = `/custody/items?${new URLSearchParams({ limit: '50', ...make(turn) })}`
        const began = performance.now()
        const { status, body } = await desk.api<{ items: unknown[] }>('GET', path)
        durations.push(performance.now() - began)
        if (status !== 200) throw new Error(`${path} answered ${status}`)
        items += body.items.length
      }
      const { p50, p99 } = percentiles(durations)
      quality[name] = `p50 ${p50} ms, p99 ${p99} ms, ${round(items / turns)} found`
      say(`${name}: ${quality[name]}`)
      all.push(...durations)
    }
    const seconds = (performance.now() - started) / 1000
    const peakMb = figures.peakMb()
    figures.stop()
    return {
      name: 'custody',
      sizes: { receipts: n, searches: Object.keys(searches).length },
      ops: all.length,
      seconds: round(seconds),
      perSecond: round(all.length / seconds),
      ms: percentiles(all),
      peakMb,
      quality,
      checked: ['every search was answered 200'],
    }
  } finally {
    await database.end()
    await desk.remove()
  }
}
