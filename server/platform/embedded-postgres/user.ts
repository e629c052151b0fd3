import { readFile, stat } from 'node:fs/promises'
import type { User } from './command.ts'

/** PostgreSQL refuses to run as root: as root the owner of an existing cluster, else `nobody`; otherwise ourselves. */
export async function databaseUser(home: string): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(home).catch(() => undefined)
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody()
}

async function nobody(): Promise<User> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = /^nobody:.*$/m.exec(passwd)?.[0].split(':') ?? []
  // Some systems write nobody as -2.
  return Number(uid) > 0 ? { uid: Number(uid), gid: Number(gid) } : { uid: 65534, gid: 65534 }
}
