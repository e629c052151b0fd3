import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '#platform/errno.ts'
import { makeFolder } from '#platform/folders.ts'
import type { Config } from './config.ts'

/** The key that secrets at rest are encrypted with: SECRET_KEY, or one made once and kept 0600 in the data folder. It
 * appears whole or not at all, so a kill while it is made cannot leave half a key. */
export async function loadSecretKey(config: Pick<Config, 'secretKey' | 'dataDir'>): Promise<string> {
  if (config.secretKey) return config.secretKey
  const file = join(config.dataDir, 'secret-key')
  const found = await read(file)
  if (found) return found
  await makeFolder(config.dataDir)
  const draft = `${file}.${process.pid}`
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  // link, unlike rename, never replaces the key of a process that was quicker.
  await link(draft, file).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error
  })
  await rm(draft)
  return readFile(file, 'utf8')
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
