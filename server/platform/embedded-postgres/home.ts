import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../errno.ts'
import { makeFolder } from '../folders.ts'
import { StartError } from '../start-error.ts'
import { run, type User } from './command.ts'
import { canEnter } from './reach.ts'
import { databaseUser } from './user.ts'

/** Where the database user lives: `home` holds the cluster (`data`) and the server's log, and belongs to `user`. */
export interface Home {
  home: string
  user: User | undefined
}

/** Makes the data folder and, in it, the only folder the database user gets. Where that user cannot reach it, the home
 * is a folder of its own under `outside`, and the file `pg-location` in the data folder says which. */
export async function prepareHome(dataDir: string, outside: string): Promise<Home> {
  await openDataDir(dataDir)
  const moved = await readPointer(dataDir)
  const home = moved ?? join(dataDir, 'pg')
  const user = await databaseUser(home)
  await mkdir(home, { recursive: !moved, mode: 0o700 }).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error
  })
  if (user) await chown(home, user.uid, user.gid)
  await chmod(home, 0o700)
  if (await canEnter(home, user)) return { home, user }
  if (moved) throw new StartError(`The database user cannot reach ${home}, where ${dataDir}/pg-location points.`)
  return { home: await moveOut(dataDir, home, user, outside), user }
}

/** A recursive mkdir with mode 0700 would lock the database user out of the parent, so the mode is set apart: root's
 * data folder may be entered by others, not listed. A folder shared by all (sticky, as /tmp) keeps its mode. */
async function openDataDir(dataDir: string): Promise<void> {
  const isRoot = process.getuid?.() === 0
  const made = await makeFolder(dataDir)
  const { mode } = await stat(dataDir)
  if (isRoot && !(mode & 0o1000)) await chmod(dataDir, 0o711)
  if (!isRoot && made) await chmod(dataDir, 0o700)
}

async function readPointer(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, 'pg-location'), 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** The name is random, not derived from the data folder: a moved clone keeps its database and a new clone in its place
 * must not find it. */
async function moveOut(dataDir: string, from: string, user: User | undefined, outside: string): Promise<string> {
  const target = join(outside, `mainstay-${randomBytes(6).toString('hex')}`)
  const draft = `${target}.partial`
  await cp(from, draft, { recursive: true, preserveTimestamps: true })
  if (user) await run('chown', ['-R', `${user.uid}:${user.gid}`, draft], undefined)
  await chmod(draft, 0o700)
  await rename(draft, target)
  const pointer = join(dataDir, 'pg-location')
  await writeFile(`${pointer}.new`, `${target}\n`)
  await rename(`${pointer}.new`, pointer)
  await rm(from, { recursive: true })
  return target
}
