import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../errno.ts'
import { StartError } from '../start-error.ts'
import { postgresMajor } from './binaries.ts'
import { lastLines, run, type User } from './command.ts'
import type { Cluster } from './server.ts'

/** Makes the cluster when there is none. It is made beside its place and moved there when whole, so that a kill in
 * between leaves nothing half-made. */
export async function ensureCluster({ folder, binaries, user, superuserPassword }: Cluster, home: string) {
  const version = await versionOf(folder)
  if (version === String(postgresMajor)) return
  if (version) {
    throw new StartError(
      `The database in ${folder} was made by PostgreSQL ${version}; this desk brings ${postgresMajor}.`,
    )
  }
  const draft = `${folder}.new`
  const passwordFile = join(home, 'superuser-password')
  await rm(draft, { recursive: true, force: true })
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 })
  try {
    if (user) await chown(passwordFile, user.uid, user.gid)
    await initdb(draft, binaries, user, passwordFile)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, folder)
}

async function initdb(folder: string, binaries: string, user: User | undefined, passwordFile: string): Promise<void> {
  const args = ['--auth=scram-sha-256', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  args.push('--encoding=UTF8', '--no-sync', '--username=postgres', `--pwfile=${passwordFile}`, `--pgdata=${folder}`)
  const { code, output } = await run(join(binaries, 'bin', 'initdb'), args, user)
  if (code !== 0) {
    throw new StartError(`The built-in PostgreSQL could not make its database: ${lastLines(output)}`)
  }
}

async function versionOf(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
