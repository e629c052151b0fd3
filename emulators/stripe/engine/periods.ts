export type Interval = { interval: string; interval_count: number }

/** The end of the n-th period (n ≥ 0) counted from the anchor, in seconds. The day of the anchor holds, cut to the month's length. */
export function periodAfter(anchor: number, { interval, interval_count }: Interval, n: number): number {
  const steps = interval_count * n
  if (interval === 'day') return anchor + steps * 86_400
  if (interval === 'week') return anchor + steps * 7 * 86_400
  const months = interval === 'year' ? steps * 12 : steps
  const from = new Date(anchor * 1000)
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1)
  const length = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), length)
  return first / 1000 + (day - 1) * 86_400 + (anchor % 86_400)
}

/** The first period end after the given moment, for a cycle fixed by its anchor. */
export function nextPeriodEnd(anchor: number, interval: Interval, after: number): number {
  let n = 1
  while (periodAfter(anchor, interval, n) <= after) n += 1
  return periodAfter(anchor, interval, n)
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return a.interval === b.interval && a.interval_count === b.interval_count
}

/** A moment as Stripe writes it in descriptions, e.g. `15 Nov 2026`. */
export function spokenDay(seconds: number): string {
  const day = new Date(seconds * 1000)
  const month = day.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }).slice(0, 3)
  return `${String(day.getUTCDate()).padStart(2, '0')} ${month} ${day.getUTCFullYear()}`
}
