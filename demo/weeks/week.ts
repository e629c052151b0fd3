import type { Day } from '../day.ts'

/**
 * The days and hours of a past week at which people write and answer. They are few, so that what may happen side by side does,
 * and each week has them some minutes later than another.
 */
const hours = [
  '1 09:00',
  '1 09:35',
  '1 12:20',
  '1 17:10',
  '2 09:30',
  '4 08:50',
  '4 10:05',
  '4 14:20',
  '4 18:15',
  '5 10:40',
  '5 16:30',
] as const

export type Hour = (typeof hours)[number]
export type Week = (hour: Hour) => Temporal.Instant

/** A week that began so many weeks ago; the last of them ended before yesterday. */
export function weekAgo(day: Day, ago: number): Week {
  return (hour) => {
    const [weekday, time] = hour.split(' ') as [string, string]
    const later = (ago * 7 + hours.indexOf(hour) * 11) % 25
    return day.daysAgo(7 * ago - Number(weekday), time).add({ minutes: later })
  }
}
