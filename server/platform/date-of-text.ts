/** A date in any of the ways that programs write one, such as a From_ line's; null where it is none. */
export function dateOfText(text: string): Temporal.Instant | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : Temporal.Instant.fromEpochMilliseconds(ms)
}
