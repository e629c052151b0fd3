import type pg from 'pg'

/**
 * What refused requests change by right, and what is no fact: when a key was last used, counted sign-ins, and figures that
 * are folded from the ledger when somebody looks at them.
 */
const ignored = new Set(['agent_rate_limits', 'ticket_facts', 'ledger_cursors'])
const ignoredColumns: Record<string, string> = { api_keys: 'last_used_at' }

export type Watch = {
  /** The tables that hold something else than when this was last asked. */
  changed(): Promise<string[]>
}

/** Compares everything in the database with what was there before. Asking is cheap while no transaction has written. */
export async function watchDatabase(pool: pg.Pool): Promise<Watch> {
  const tables = await allTables(pool)
  let writes = await transactionsSoFar(pool)
  let prints = await fingerprints(pool, tables)
  return {
    async changed() {
      const now = await transactionsSoFar(pool)
      if (now === writes) return []
      const before = prints
      prints = await fingerprints(pool, tables)
      writes = await transactionsSoFar(pool)
      return [...prints].flatMap(([table, print]) => (before.get(table) === print ? [] : [table]))
    },
  }
}

/** Grows with every transaction that wrote or meant to. */
async function transactionsSoFar(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ x: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as x')
  return rows[0]?.x ?? ''
}

async function allTables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name, tablename from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  return rows.map((row) => row.name).filter((name) => !ignored.has(name.replace(/^public\./, '')))
}

async function fingerprints(pool: pg.Pool, tables: readonly string[]): Promise<Map<string, string>> {
  const parts = tables.map((table) => {
    const ignoredColumn = ignoredColumns[table.replace(/^public\./, '')]
    const row = `to_jsonb(t)${ignoredColumn ? ` - '${ignoredColumn}'` : ''}`
    return `select '${table}' as name, count(*) || ':' || coalesce(md5(string_agg((${row})::text, '' order by (${row})::text)), '') as print from ${table} t`
  })
  const { rows } = await pool.query<{ name: string; print: string }>(parts.join(' union all '))
  return new Map(rows.map((row) => [row.name, row.print]))
}
