import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Logger } from 'pino'

export type Db = NodePgDatabase
export type Connection = pg.Pool | pg.PoolClient

/** Times come back as Temporal.Instant and counts as numbers; everything else as pg has it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === 1184) return (text: string) => Temporal.Instant.from(text)
    if (oid === 20) return Number
    return pg.types.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** A pool that outlives a restart of the database: a broken idle connection is logged and replaced. */
export function createPool(options: { url: string; max: number; log: Logger; name: string }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: `mainstay ${options.name}`,
    types,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => options.log.warn({ error: error.message }, 'a database connection broke'))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export function drizzleOn(connection: Connection): Db {
  return drizzle({ client: connection })
}

/** Runs work in one transaction on one connection; anything thrown rolls it back. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
