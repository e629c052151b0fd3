import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { runMigrations as migrateJobs } from 'graphile-worker'
import pg from 'pg'
import * as z from 'zod'
import { StartError } from './start-error.ts'

const folder = fileURLToPath(new URL('../migrations', import.meta.url))
const Journal = z.object({ entries: z.array(z.object({ when: z.number() })) })

/** Brings a database up to the code, forward only. Refuses a database that a newer version has already migrated. */
export async function migrate(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  try {
    // Several processes may start at once; one of them migrates.
    await pool.query('select pg_advisory_lock(7301)')
    const newest = Math.max(...(await journal()).entries.map((entry) => entry.when))
    if ((await appliedUpTo(pool)) > newest)
      throw new StartError(
        'The database was migrated by a newer version of Mainstay; start that version, or restore a backup made with this one.',
      )
    await applyMigrations(drizzle({ client: pool }), { migrationsFolder: folder })
    await migrateJobs({ connectionString: databaseUrl })
  } finally {
    await pool.end()
  }
}

/** Whether the database is exactly as far as the code. For /readyz. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  return (await appliedUpTo(pool)) === Math.max(...(await journal()).entries.map((entry) => entry.when))
}

async function journal(): Promise<z.infer<typeof Journal>> {
  return Journal.parse(JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8')))
}

async function appliedUpTo(pool: pg.Pool): Promise<number> {
  const { rows: known } = await pool.query(`select to_regclass('drizzle.__drizzle_migrations') as name`)
  if (!known[0]?.name) return 0
  const { rows } = await pool.query('select coalesce(max(created_at), 0)::text as at from drizzle.__drizzle_migrations')
  return Number(rows[0]?.at ?? 0)
}
