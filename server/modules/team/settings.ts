import type * as z from 'zod'
import { Settings } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'

const Stored = Settings.omit({ version: true })
export type StoredSettings = z.infer<typeof Stored>

export const defaultSettings: StoredSettings = {
  companyName: 'Mainstay',
  closedAfterDays: 14,
  undoSeconds: 10,
  soloMode: false,
  ownerMetadataKey: 'mainstay_owner',
  stripeReadsPerSecond: 80,
  csat: true,
  purgeDeletedDays: 30,
  domainMailsPerMinute: 300,
  domainMailsAtOnce: 6,
}

/** The settings in force. One small indexed read; every process sees a change at once. */
export async function getSettings(desk: Pick<Desk, 'connection'>): Promise<Settings> {
  const { rows } = await desk.connection.query<{ version: number; data: unknown }>({
    name: 'settings-in-force',
    text: 'select version, data from settings_versions order by version desc limit 1',
  })
  const row = rows[0]
  // A setting that is younger than the stored version has its first value.
  return row
    ? { ...Stored.parse({ ...defaultSettings, ...Object(row.data) }), version: row.version }
    : { ...defaultSettings, version: 0 }
}
