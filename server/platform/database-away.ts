const netCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])
/** Connection trouble, out of resources, operator intervention, system error, lock not available. */
const awayClasses = new Set(['08', '53', '57', '58', '55'])
const awayWords =
  /connection terminated|not queryable|timeout exceeded|client was closed|after calling end on the pool/i

/** Whether a failure says nothing about what was asked, only that the database (or its disk) cannot be had right now. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') {
    if (netCodes.has(code)) return true
    if (/^[0-9A-Z]{5}$/.test(code)) return awayClasses.has(code.slice(0, 2))
  }
  return typeof message === 'string' && awayWords.test(message)
}

/** Whether the same transaction may well succeed when it is tried again at once. */
export function isConflict(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '40001' || code === '40P01'
}

/** Tries again for as long as the database is away, up to `limitMs`. What was found out before must not be lost with it. */
export async function untilDatabaseIsBack<T>(work: () => Promise<T>, limitMs = 600_000): Promise<T> {
  const started = performance.now()
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseAway(error) && !isConflict(error)) throw error
      if (performance.now() - started > limitMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
