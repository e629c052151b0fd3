import type { Connection } from '#platform/db.ts'

/**
 * Takes the next place of an account in a line with `gapMs` between any two, whoever takes it. Times are the database's, which
 * all processes share; places nobody took in the past are not made up for.
 */
export async function takeReadTurn(
  connection: Connection,
  account: string,
  gapMs: number,
): Promise<{ waitMs: number; at: Temporal.Instant }> {
  const { rows } = await connection.query<{ wait: number; at: Temporal.Instant }>({
    name: 'take-read-turn',
    text: `insert into stripe_reads as r (stripe_account, next_at)
      values ($1, clock_timestamp() + $2 * interval '1 millisecond')
      on conflict (stripe_account) do update set
        next_at = greatest(r.next_at, clock_timestamp()) + $2 * interval '1 millisecond'
      returning extract(epoch from next_at - clock_timestamp())::float8 * 1000 - $2::float8 as wait,
        next_at - $2 * interval '1 millisecond' as at`,
    values: [account, gapMs],
  })
  const row = rows[0]
  if (!row) throw new Error('no turn was given')
  return { waitMs: Math.max(0, row.wait), at: row.at }
}
