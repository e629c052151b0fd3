const firstWaitSeconds = 5
const longestWaitSeconds = 4 * 3600
const givenUpAfterHours = 72

/**
 * When a mail that was not taken is tried again: after as long as it has been tried so far, from seconds up to four hours
 * apart. Null when three days of trying are over.
 */
export function nextTry(queuedAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | null {
  const triedFor = Math.max(0, now.since(queuedAt).total('seconds'))
  if (triedFor >= givenUpAfterHours * 3600) return null
  return now.add({ seconds: Math.round(Math.min(Math.max(triedFor, firstWaitSeconds), longestWaitSeconds)) })
}
