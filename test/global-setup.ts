import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { isAlive } from '#platform/embedded-postgres/processes.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Data folder of this run's PostgreSQL, which the first test that asks for a database starts. */
    databaseFolder: string
  }
}

const prefix = 'mainstay-test-'

/** Gives the run a folder for its database and removes it at the end, with what an aborted run left. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  project.provide('databaseFolder', folder)
  return () => remove(folder)
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length).split('-')[0])
    if (pid && !(await isAlive(pid))) await remove(join(tmpdir(), name))
  }
}

async function remove(folder: string): Promise<void> {
  await stopEmbeddedPostgres(folder)
  await rm(folder, { recursive: true, force: true })
}
