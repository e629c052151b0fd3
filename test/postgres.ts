import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { inject } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { hasCode } from '#platform/errno.ts'
import { migrate } from '#platform/migrate.ts'

const template = 'migrated'

/** A migrated database of its own for a test: the desk's role owns it. Not dropped, it goes with the run. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await startOnce()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(server, async (client) => {
    await ensureTemplate(client, server)
    await client.query(`create database ${name} template ${template} owner mainstay`)
  })
  return {
    url: urlOf(server, name),
    async drop() {
      await asSuperuser(server, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

let started: Promise<EmbeddedPostgres> | undefined

/** The first test file that needs the server starts it, later ones adopt it; the run's teardown stops it. Durability is
 * off: what is tested here is not a power cut. */
function startOnce(): Promise<EmbeddedPostgres> {
  started ??= startEmbeddedPostgres({
    dataDir: inject('databaseFolder'),
    log: { info() {}, warn: console.warn },
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  return started
}

/** One test file migrates the template while the others wait. */
async function ensureTemplate(client: Client, server: EmbeddedPostgres): Promise<void> {
  await client.query('select pg_advisory_lock(1)')
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
  if (rowCount === 0) {
    const draft = `${template}_draft`
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft} owner mainstay`)
    await migrate(urlOf(server, draft))
    await patiently(() => client.query(`alter database ${draft} rename to ${template}`))
  }
  await client.query('select pg_advisory_unlock(1)')
}

/** A connection that was just ended still counts for a moment, and a database in use cannot be renamed. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work()
      return
    } catch (error) {
      if (!hasCode(error, '55006') || tries === 50) throw error
      await sleep(50)
    }
  }
}

async function asSuperuser<T>(server: EmbeddedPostgres, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.superuserUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(server: EmbeddedPostgres, database: string): string {
  const url = new URL(server.url)
  url.pathname = database
  return url.href
}
