import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { explainStartFailure, StartError } from '../start-error.ts'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { ensureDatabase } from './connection.ts'
import { loadCredentials, readCredentials, saveCredentials } from './credentials.ts'
import { prepareHome } from './home.ts'
import { adopt, start, stop, type Cluster, type Running } from './server.ts'
import { supervise } from './supervise.ts'
import { inTurn, joinUsers, leaveUsers } from './turns.ts'

export interface EmbeddedPostgresOptions {
  /** Absolute; made when missing. */
  dataDir: string
  log: { info(message: string): void; warn(message: string): void }
  /** Server settings over ours, e.g. fsync off for tests. */
  settings?: Record<string, string>
  /** Where copies go that the database user can reach. */
  outside?: string
}

export interface EmbeddedPostgres {
  /** For the desk: role `mainstay`, owner of database `mainstay`, no superuser. */
  url: string
  /** For tests, which make databases: role `postgres`. */
  superuserUrl: string
  port: number
  /** Stops the server, unless another live process uses it. */
  stop: () => Promise<void>
}

/** Starts PostgreSQL on 127.0.0.1 with its cluster in the data folder, or adopts the one that a killed desk left
 * running; started again on the same port should it die. Throws a StartError when it cannot. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await startOrAdopt(options)
  } catch (error) {
    const sentence = explainStartFailure(error, { dataDir: options.dataDir })
    throw sentence && !(error instanceof StartError) ? new StartError(sentence, { cause: error }) : error
  }
}

/** Stops the server that a killed process left running on this data folder, if any, whoever uses it. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const credentials = await readCredentials(dataDir)
  if (!credentials) return
  const { cluster } = await locate({ dataDir })
  await inTurn(dataDir, () => stop({ ...cluster, superuserPassword: credentials.superuserPassword }))
}

async function startOrAdopt({ dataDir, log, settings = {}, outside }: EmbeddedPostgresOptions) {
  const { home, cluster: found } = await locate({ dataDir, outside })

  return inTurn(dataDir, async (): Promise<EmbeddedPostgres> => {
    const credentials = await loadCredentials(dataDir, found.folder)
    const { superuserPassword, password } = credentials
    const cluster: Cluster = { ...found, superuserPassword, settings }
    await ensureCluster(cluster, home)
    const running = (await adopt(cluster)) ?? (await start(cluster, credentials.port, true))
    await ensureDatabase(running.port, superuserPassword, password)
    if (running.port !== credentials.port) await saveCredentials(dataDir, { ...credentials, port: running.port })
    await joinUsers(dataDir)
    log.info(`PostgreSQL runs on port ${running.port}`)
    return { ...handle(dataDir, cluster, running, log), ...urls(running.port, superuserPassword, password) }
  })
}

async function locate({ dataDir, outside = '/var/lib' }: { dataDir: string; outside?: string | undefined }) {
  const { home, user } = await prepareHome(dataDir, outside)
  const binaries = await findBinaries(user, outside)
  const folder = join(await realpath(home), 'data')
  return { home, cluster: { folder, log: join(home, 'log'), binaries, user, settings: {} } }
}

function handle(dataDir: string, cluster: Cluster, running: Running, log: EmbeddedPostgresOptions['log']) {
  const restart = () =>
    inTurn(dataDir, async () => (await adopt(cluster)) ?? (await start(cluster, running.port, false)))
  const leave = supervise(running, restart, log)
  return {
    port: running.port,
    async stop() {
      await leave()
      await inTurn(dataDir, async () => {
        if (await leaveUsers(dataDir)) await stop(cluster)
      })
    },
  }
}

function urls(port: number, superuserPassword: string, password: string) {
  return {
    url: `postgres://mainstay:${password}@127.0.0.1:${port}/mainstay`,
    superuserUrl: `postgres://postgres:${superuserPassword}@127.0.0.1:${port}/postgres`,
  }
}
