const first = Temporal.Instant.from('0001-01-01T00:00:00Z')
const last = Temporal.Instant.from('9999-12-31T23:59:59.999999Z')

/** Whether RFC 3339 can write an instant and PostgreSQL can hold it: the years 1 to 9999. */
export function isStorable(instant: Temporal.Instant): boolean {
  return Temporal.Instant.compare(instant, first) >= 0 && Temporal.Instant.compare(instant, last) <= 0
}

/** An instant that a stranger wrote; throws RangeError for what is none, or none that can be stored. */
export function storableInstant(text: string): Temporal.Instant {
  const instant = Temporal.Instant.from(text)
  if (!isStorable(instant)) throw new RangeError(`${text} is outside the years 1 to 9999`)
  return instant
}
