import type { Desk } from '#server/desk.ts'

/** Removes what has ended: sessions, challenges, counts of tries and one-time links of last month. */
export async function sweep(desk: Desk): Promise<void> {
  // Sign-in's own rows end in machine time.
  await desk.connection.query('delete from agent_sessions where expires_at < clock_timestamp()')
  await desk.connection.query('delete from agent_verifications where expires_at < clock_timestamp()')
  await desk.connection.query(
    `delete from agent_rate_limits where last_request < (extract(epoch from clock_timestamp()) - 7200) * 1000`,
  )
  await desk.connection.query('delete from one_time_links where expires_at < $1', [
    desk
      .now()
      .subtract({ hours: 30 * 24 })
      .toString(),
  ])
}
