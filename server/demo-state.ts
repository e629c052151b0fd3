import * as z from 'zod'
import type { Connection } from '#platform/db.ts'

const DemoState = z.object({
  /** Names this making of the demo, in whatever it leaves outside. */
  run: z.string(),
  /** The moment at which its story ends. */
  now: z.iso.datetime(),
  /** Steps that have happened. */
  done: z.number().int(),
  finished: z.boolean(),
})
export type DemoState = z.infer<typeof DemoState>

/** How far the demo company of this installation has been made; undefined before it was begun. */
export async function readDemoState(connection: Connection): Promise<DemoState | undefined> {
  const { rows } = await connection.query<{ value: unknown }>(`select value from platform_state where key = 'demo'`)
  return rows[0] && DemoState.parse(rows[0].value)
}

export async function saveDemoState(connection: Connection, state: DemoState): Promise<void> {
  await connection.query(
    `insert into platform_state (key, value) values ('demo', $1) on conflict (key) do update set value = excluded.value`,
    [JSON.stringify(state)],
  )
}
