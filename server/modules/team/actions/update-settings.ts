import type { Settings } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { getSettings, type StoredSettings } from '../settings.ts'

type Change = { version: number } & { [K in keyof StoredSettings]?: StoredSettings[K] | undefined }

/** Writes the next version of the settings. Throws `stale` when `version` is not the one in force. */
export async function updateSettings(desk: Desk, { version, ...change }: Change): Promise<Settings> {
  return desk.transaction(async (desk) => {
    const { version: current, ...settings } = await getSettings(desk)
    if (version !== current) throw stale('settings')
    const fields = (Object.keys(settings) as (keyof StoredSettings)[]).filter(
      (field) => change[field] !== undefined && change[field] !== settings[field],
    )
    if (fields.length === 0) return { ...settings, version }
    const changed = { ...settings, ...Object.fromEntries(fields.map((field) => [field, change[field]])) }
    const { rowCount } = await desk.connection.query(
      `insert into settings_versions (version, data, created_at, created_by) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [version + 1, JSON.stringify(changed), desk.now().toString(), desk.actor.id],
    )
    if (rowCount !== 1) throw stale('settings')
    await desk.emit({ type: 'settings.changed', data: { version: version + 1, fields } })
    return { ...changed, version: version + 1 }
  })
}

/** Two people had the same page open. */
export function stale(what: string): DeskError {
  return new DeskError('stale', `Somebody else changed the ${what} meanwhile. Read them again before changing them.`)
}
