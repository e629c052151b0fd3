import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { createDesk, systemActor, type World } from '../desk.ts'
import { createBell, runningFeeds, runReader, type Bell, type Feed, type ReaderOptions } from '#modules/inbox/index.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'

/** The class of advisory locks that say "this process reads this mailbox". */
const feedLocks = 1_836_021

export type FeedOptions = ReaderOptions & {
  /** How often changed settings, pauses and wishes to read at once are looked for; milliseconds. */
  watchMs: number
}

const usual: FeedOptions = { pollMs: 60_000, watchMs: 2000 }

type Reader = { version: number; pokes: number; stop: AbortController; bell: Bell; ended: Promise<void> }

/** Reads every mailbox that is fed by IMAP, until the desk stops. Of several processes one reads a mailbox. */
export async function startMailFeeds(world: World, lifecycle: Lifecycle): Promise<void> {
  await lifecycle.start(
    'the mail feeds',
    async () => runMailFeeds(world, usual),
    (feeds) => feeds.stop(),
  )
}

/** Starts and stops readers as the feeds in the database change. */
export function runMailFeeds(world: World, options: FeedOptions): { stop(): Promise<void> } {
  const desk = () => createDesk(world, systemActor)
  const readers = new Map<Feed['sourceId'], Reader>()
  const locks = createLocks(world)
  const stopping = new AbortController()

  const end = async (id: Feed['sourceId']): Promise<void> => {
    const reader = readers.get(id)
    if (!reader) return
    readers.delete(id)
    reader.stop.abort()
    await reader.ended
    await locks.release(id)
  }
  const begin = (feed: Feed): void => {
    const stop = new AbortController()
    const bell = createBell()
    const ended = runReader(desk, feed, stop.signal, bell, options)
    readers.set(feed.sourceId, { version: feed.version, pokes: feed.pokes, stop, bell, ended })
  }
  const endAll = () => Promise.all([...readers.keys()].map(end))
  const look = async (): Promise<void> => {
    const feeds = await runningFeeds(desk())
    // Another process may hold by now what a broken connection lost.
    if (locks.areLost()) await endAll()
    for (const id of readers.keys()) if (!feeds.some(({ sourceId }) => sourceId === id)) await end(id)
    for (const feed of feeds) {
      const reader = readers.get(feed.sourceId)
      if (reader && reader.version !== feed.version) await end(feed.sourceId)
      else if (reader && reader.pokes !== feed.pokes) {
        reader.pokes = feed.pokes
        reader.bell.ring()
      }
      if (!stopping.signal.aborted && !readers.has(feed.sourceId) && (await locks.take(feed.sourceId))) begin(feed)
    }
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error: Error) =>
        world.log.warn({ error: error.message }, 'the mail feeds cannot be looked up'),
      )
      await sleep(options.watchMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await running
      await endAll()
      await locks.close()
    },
  }
}

/** Session locks on one connection of their own, which the database frees when the process dies, however it dies. */
function createLocks(world: World) {
  let client: pg.PoolClient | undefined
  let lost = false
  const connect = async (): Promise<pg.PoolClient> => {
    const made = await world.pool.connect()
    const gone = () => {
      if (client !== made) return
      client = undefined
      lost = true
      made.release(true)
    }
    made.once('error', gone)
    made.once('end', gone)
    return made
  }
  return {
    /** Whether the locks broke since this was last asked. */
    areLost(): boolean {
      const was = lost
      lost = false
      return was
    },
    async take(id: string): Promise<boolean> {
      client ??= await connect()
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as taken',
        [feedLocks, id],
      )
      return rows[0]?.taken ?? false
    },
    async release(id: string): Promise<void> {
      await client?.query('select pg_advisory_unlock($1, hashtext($2))', [feedLocks, id]).catch(() => {})
    },
    async close(): Promise<void> {
      const closing = client
      client = undefined
      // Closed rather than given back: the locks end with the session.
      closing?.release(true)
    },
  }
}
