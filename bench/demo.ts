import { setTimeout as sleep } from 'node:timers/promises'
import { makeDataDir, startDeskProcess } from '#test/desk-process.ts'
import { booksAgree } from '#test/demo-books.ts'
import { watchProcesses } from './process-figures.ts'
import { percentiles, round, say, type Bench } from './result.ts'
import { openDatabase } from './seed-tickets.ts'

const key = 'the-key-of-the-demo-bench-which-is-long-enough'
/** From ready to the whole demo company, on two cores. */
const mostSeconds = 60

type Me = { demo: { done: number; total: number; step: string } | null; emulatorsUrl: string }

/**
 * A fresh desk makes the demo company: seconds until it is ready, and from then on until the company is whole, of which
 * there may be sixty. The percentiles are those of the seconds between two answers of how far it is.
 */
export const demo: Bench = async (options) => {
  const limit = Number(options['limit'] ?? mostSeconds)
  const folder = await makeDataDir()
  const began = performance.now()
  const desk = await startDeskProcess(folder.dataDir, { args: [], env: { ADMIN_API_KEY: key } })
  const figures = watchProcesses(desk.child.pid ?? 0, folder.dataDir)
  const database = await openDatabase(folder.dataDir)
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${desk.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  try {
    const ready = (performance.now() - began) / 1000
    say(`Ready after ${round(ready)} s.`)
    const waits: number[] = []
    const whole = async () => {
      const asked = performance.now()
      const { demo: progress } = await get<Me>('/me')
      waits.push(performance.now() - asked)
      if (progress) return false
      const { rows } = await database.query(
        `select from platform_state where key = 'demo' and (value ->> 'finished')::boolean`,
      )
      return rows.length > 0
    }
    while (!(await whole())) {
      if (desk.said().stderr.includes('could not be made') || desk.child.exitCode !== null)
        throw new Error(desk.said().stderr.slice(-2000))
      await sleep(250)
    }
    const loaded = (performance.now() - began) / 1000 - ready
    say(`The demo company is whole ${round(loaded)} s later.`)
    const warnings = desk.said().stderr.match(/a step of the demo failed/g)?.length ?? 0
    for (const line of desk.said().stderr.split('\n')) if (line.includes('a step of the demo failed')) say(line)
    if (warnings > 0) throw new Error(`${warnings} steps of the demo failed`)
    const { emulatorsUrl } = await get<Me>('/me')
    const books = await booksAgree(emulatorsUrl, async (text) => (await database.query(text)).rows)
    if (books.wrong.length > 0) throw new Error(`the mirror is not as Stripe is: ${books.wrong.slice(0, 5).join('; ')}`)
    const { rows } = await database.query<Record<string, string>>(
      `select (select count(*) from tickets) as tickets, (select count(*) from messages) as messages,
        (select count(*) from ratings where score is not null) as ratings,
        (select count(*) from operations where state = 'done') as operations`,
    )
    const counted = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, n]) => [name, Number(n)]))
    const peakMb = figures.peakMb()
    const { desk: deskMs = 0, database: databaseMs = 0, world: worldMs = 0 } = figures.cpuMs()
    figures.stop()
    if (loaded > limit) throw new Error(`the demo company took ${round(loaded)} s, more than ${limit}`)
    return {
      name: 'demo',
      sizes: { ...counted, ...books.counts },
      ops: counted['messages'] ?? 0,
      seconds: round(loaded),
      perSecond: round((counted['messages'] ?? 0) / loaded),
      ms: percentiles(waits),
      peakMb,
      quality: {
        secondsToReady: round(ready),
        secondsToWhole: round(loaded),
        limitSeconds: limit,
        cpuSeconds: round((deskMs + databaseMs + worldMs) / 1000),
        cpuSecondsOfDesk: round(deskMs / 1000),
        cpuSecondsOfDatabase: round(databaseMs / 1000),
        cpuSecondsOfWorld: round(worldMs / 1000),
      },
      checked: [
        'no step of the demo failed',
        `the demo company was whole within ${limit} s of ready`,
        'every charge, refund, dispute and credit note is mirrored as Stripe has it',
      ],
    }
  } finally {
    await database.end()
    await desk.stop()
    await folder.remove()
  }
}
