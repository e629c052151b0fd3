const THIRTY_DAYS = { hours: 30 * 24 }

export type ReportWindow = { from: Temporal.Instant; to: Temporal.Instant }

/**
 * The span a report is asked for. A date means its first instant in the calendar's zone; without `to` it ends now,
 * without `from` it covers thirty days. Null when it would end before it starts.
 */
export function reportWindow(
  asked: { from?: string; to?: string },
  timeZone: string,
  now: Temporal.Instant,
): ReportWindow | null {
  const to = asked.to === undefined ? now : instantOf(asked.to, timeZone)
  const from = asked.from === undefined ? to.subtract(THIRTY_DAYS) : instantOf(asked.from, timeZone)
  return Temporal.Instant.compare(from, to) <= 0 ? { from, to } : null
}

function instantOf(text: string, timeZone: string): Temporal.Instant {
  return text.includes('T')
    ? Temporal.Instant.from(text)
    : Temporal.PlainDate.from(text).toZonedDateTime(timeZone).toInstant()
}
