import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../errno.ts'
import { isAlive, startOf } from './processes.ts'

/** Runs `work` while no other process starts or stops the database of this data folder. A turn left behind by a killed
 * process is taken over. */
export async function inTurn<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, 'database.lock')
  const mine = await signature(process.pid)
  while (!(await take(file, mine))) {
    if (await isStale(file)) await rm(file, { force: true })
    else await sleep(50)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** Notes that this process uses the database, so that another desk on the same data folder does not stop it. */
export async function joinUsers(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'database-users')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    if (await isStale(join(folder, name))) await rm(join(folder, name), { force: true })
  }
  await writeFile(join(folder, String(process.pid)), await signature(process.pid))
}

/** Takes this process off the list; resolves to whether it was the last one alive. */
export async function leaveUsers(dataDir: string): Promise<boolean> {
  const folder = join(dataDir, 'database-users')
  await rm(join(folder, String(process.pid)), { force: true })
  const names = await readdir(folder).catch(() => [])
  const stale = await Promise.all(names.map((name) => isStale(join(folder, name))))
  return stale.every(Boolean)
}

const signature = async (pid: number) => `${pid} ${await startOf(pid)}`

async function take(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** A file whose writer is gone. One that is still empty is being written, or was left so by a kill. */
async function isStale(file: string): Promise<boolean> {
  const content = await read(file)
  if (content === undefined) return false
  if (content === '') {
    await sleep(200)
    return (await read(file)) === ''
  }
  const pid = Number(content.split(' ')[0])
  return !(await isAlive(pid)) || (await signature(pid)) !== content
}

const read = (file: string) => readFile(file, 'utf8').catch(() => undefined)
