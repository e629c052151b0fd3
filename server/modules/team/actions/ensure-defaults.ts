import type { Desk } from '#server/desk.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { defaultFirstReplySeconds, defaultHours } from '../calendar.ts'
import { defaultSettings } from '../settings.ts'

/** Gives a new desk its first team, settings and business hours. Changes nothing that is there, whoever starts first. */
export async function ensureDefaults(desk: Desk): Promise<void> {
  const now = desk.now().toString()
  await desk.transaction(async (desk) => {
    // Two processes that start at once on an empty database must not both find no team.
    await desk.connection.query('lock table teams in share row exclusive mode')
    const teamId = newId('tea', desk.now())
    const team = await desk.connection.query(
      `insert into teams (id, name, created_at) select $1, 'Support', $2 where not exists (select from teams)`,
      [uuidOf(teamId), now],
    )
    if (team.rowCount === 1) await desk.emit({ type: 'team.created', data: { teamId } })
    const settings = await desk.connection.query(
      'insert into settings_versions (version, data, created_at) values (1, $1, $2) on conflict do nothing',
      [JSON.stringify(defaultSettings), now],
    )
    if (settings.rowCount === 1) await desk.emit({ type: 'settings.changed', data: { version: 1, fields: [] } })
    const calendar = await desk.connection.query(
      `insert into calendar_versions (version, hours, first_reply_seconds, created_at) values (1, $1, $2, $3)
       on conflict do nothing`,
      [JSON.stringify(defaultHours), defaultFirstReplySeconds, now],
    )
    if (calendar.rowCount === 1)
      await desk.emit({
        type: 'calendar.changed',
        data: { version: 1, fields: [], firstReplySeconds: defaultFirstReplySeconds },
      })
  })
}
