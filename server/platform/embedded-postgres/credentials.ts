import { randomBytes } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { hasCode } from '../errno.ts'
import { StartError } from '../start-error.ts'

/** Passwords of the superuser `postgres` and the desk's own role, and the port used last. */
const Credentials = z.object({
  superuserPassword: z.string(),
  password: z.string(),
  port: z.number().optional(),
})
export type Credentials = z.infer<typeof Credentials>

const nameOf = (dataDir: string) => join(dataDir, 'database.json')

/** The passwords, or undefined when none were made yet. */
export async function readCredentials(dataDir: string): Promise<Credentials | undefined> {
  try {
    return Credentials.parse(JSON.parse(await readFile(nameOf(dataDir), 'utf8')))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw new StartError(`${nameOf(dataDir)}, with the database passwords, cannot be read.`, { cause: error })
  }
}

/** Reads the passwords, or makes them when there is no cluster yet. */
export async function loadCredentials(dataDir: string, cluster: string): Promise<Credentials> {
  const found = await readCredentials(dataDir)
  if (found) return found
  if (await stat(cluster).catch(() => undefined)) {
    throw new StartError(`${nameOf(dataDir)}, with the passwords of the database in ${cluster}, is missing.`)
  }
  const made = { superuserPassword: secret(), password: secret() }
  await saveCredentials(dataDir, made)
  return made
}

export async function saveCredentials(dataDir: string, credentials: Credentials): Promise<void> {
  const draft = `${nameOf(dataDir)}.new`
  await writeFile(draft, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flush: true })
  await rename(draft, nameOf(dataDir))
}

const secret = () => randomBytes(24).toString('base64url')
