import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../errno.ts'
import { freePort, isFree } from '../free-port.ts'
import { StartError } from '../start-error.ts'
import { lastLines, run, type User } from './command.ts'
import { answersFor } from './connection.ts'
import { isServerOf, orphansOf } from './processes.ts'
import { serverOptions } from './settings.ts'

const loopback = '127.0.0.1'

/** A cluster on disk and what is needed to run it. */
export interface Cluster {
  folder: string
  log: string
  binaries: string
  user: User | undefined
  superuserPassword: string
  settings: Record<string, string>
}

export interface Running {
  pid: number
  port: number
}

const tries = 3

/** The server that runs this cluster already and answers; one that does not answer is stopped, and the note of one that
 * is gone is removed. */
export async function adopt(cluster: Cluster, proc?: string): Promise<Running | undefined> {
  const noted = await readNote(cluster.folder)
  if (!noted) return undefined
  const isOurs = await isServerOf(cluster.folder, noted.pid, proc)
  if (isOurs !== false && (await answersFor(cluster.folder, noted.port, cluster.superuserPassword))) return noted
  if (isOurs) await stop(cluster)
  await waitForOrphans(cluster.folder)
  // PostgreSQL would take another program that has this number since, or a killed server that nobody has collected yet,
  // for a running server.
  await rm(noted.file, { force: true })
  return undefined
}

/** Backends see at once that their postmaster is gone; one that is too busy to look is ended. */
async function waitForOrphans(folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const orphans = await orphansOf(folder)
    if (orphans.length === 0) return
    if (tries > 50) orphans.forEach(kill)
    await sleep(100)
  }
}

/** Starts the server on the wanted port, or on a free one where that is taken and may change. */
export async function start(cluster: Cluster, wanted: number | undefined, mayMove: boolean): Promise<Running> {
  let said = ''
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await sleep(300)
    const port =
      mayMove && !(wanted && (await isFree(wanted, loopback)))
        ? await freePort(loopback)
        : (wanted ?? (await freePort(loopback)))
    said = await launch(cluster, port)
    const running = said === '' ? await readNote(cluster.folder) : undefined
    if (running) return running
  }
  throw new StartError(`The built-in PostgreSQL did not start: ${said}`)
}

/** Stops the server, at once where it does not finish in time. Resolves when it is gone. */
export async function stop(cluster: Cluster): Promise<void> {
  const noted = await readNote(cluster.folder)
  if (!noted) return
  for (const [mode, seconds] of [
    ['fast', 20],
    ['immediate', 5],
  ] as const) {
    await pgCtl(cluster, ['stop', '-m', mode, '-w', '-t', String(seconds)])
    if (!(await isServerOf(cluster.folder, noted.pid))) return
  }
  kill(noted.pid)
  while (await isServerOf(cluster.folder, noted.pid)) await sleep(20)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error
  }
}

/** Returns what went wrong, empty when nothing did. */
async function launch(cluster: Cluster, port: number): Promise<string> {
  const from = await rotate(cluster.log)
  const options = serverOptions(port, cluster.settings)
  const { code, output } = await pgCtl(cluster, ['start', '-w', '-t', '120', '-l', cluster.log, '-o', options])
  if (code === 0) return ''
  const log = await readFile(cluster.log, 'utf8').catch(() => '')
  return lastLines(log.slice(from) || output)
}

function pgCtl({ binaries, folder, user }: Cluster, args: string[]) {
  return run(join(binaries, 'bin', 'pg_ctl'), ['-D', folder, ...args], user)
}

/** What the running server notes about itself: line 1 its process id, line 4 its port. */
async function readNote(folder: string): Promise<(Running & { file: string }) | undefined> {
  const file = join(folder, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port, file } : undefined
}

/** Keeps one old log. Returns where this run's lines begin. */
async function rotate(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size < 5_000_000) return size
  await rename(log, `${log}.old`)
  return 0
}
