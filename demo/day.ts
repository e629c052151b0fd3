/** The times of the demo: it tells of yesterday and today, as seen from the moment it is made. */
export type Day = {
  timeZone: string
  /** The moment the demo is made, at which it ends. */
  now: Temporal.Instant
  yesterday(time: string): Temporal.Instant
  /** A time of a day some days ago, where Lumenary is. */
  daysAgo(days: number, time: string): Temporal.Instant
  /** At the latest an hour ago. */
  today(time: string): Temporal.Instant
  ago(minutes: number): Temporal.Instant
  /** A duration such as `P1Y3D` before now. */
  before(duration: string): Temporal.Instant
}

const zones = [
  'Pacific/Auckland',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
]

/** Lumenary is wherever it is afternoon, so that the desk is open and the day's work is half done. */
export function dayOf(now: Temporal.Instant): Day {
  const local = (zone: string) => now.toZonedDateTimeISO(zone)
  const distance = (zone: string) => Math.abs(local(zone).hour * 60 + local(zone).minute - 15 * 60)
  const timeZone = [...zones].sort((a, b) => distance(a) - distance(b))[0] ?? 'UTC'
  const here = local(timeZone)
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
  const ago = (minutes: number) => now.subtract({ minutes })
  return {
    timeZone,
    now,
    ago,
    daysAgo: (days, time) => at(here.toPlainDate().subtract({ days }), time),
    yesterday: (time) => at(here.toPlainDate().subtract({ days: 1 }), time),
    today(time) {
      const asked = at(here.toPlainDate(), time)
      return Temporal.Instant.compare(asked, ago(60)) < 0 ? asked : ago(60)
    },
    before: (duration) => here.subtract(Temporal.Duration.from(duration)).toInstant(),
  }
}
