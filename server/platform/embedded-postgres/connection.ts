import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { hasCode } from '../errno.ts'

const startingUp = '57P03'

/** Runs `work` on a short connection as the superuser. */
export async function asSuperuser<T>(port: number, password: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    password,
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether the server at this port is the one of this cluster. One that is still recovering is waited for, up to two
 * minutes; one that has only just begun may not listen yet. */
export async function answersFor(cluster: string, port: number, password: string): Promise<boolean> {
  let refusals = 0
  for (let tries = 0; tries < 600 && refusals < 15; tries++) {
    try {
      const result = await asSuperuser(port, password, (client) => client.query('show data_directory'))
      return result.rows[0]?.data_directory === cluster
    } catch (error) {
      if (hasCode(error, 'ECONNREFUSED')) refusals++
      else if (!hasCode(error, startingUp)) return false
    }
    await sleep(200)
  }
  return false
}

/** Makes the desk's role and database when they are missing. The desk owns its database and is no superuser: an
 * injected statement cannot reach files or programs. */
export async function ensureDatabase(port: number, superuserPassword: string, password: string): Promise<void> {
  await asSuperuser(port, superuserPassword, async (client) => {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = 'mainstay') as role,
              exists (select from pg_database where datname = 'mainstay') as database`,
    )
    if (!rows[0]?.role) {
      await client.query(`create role mainstay login in role pg_monitor password ${client.escapeLiteral(password)}`)
    }
    if (!rows[0]?.database) await client.query('create database mainstay owner mainstay')
  })
}
