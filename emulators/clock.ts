export type Clock = {
  /** Milliseconds since the epoch, moved by the offset. */
  now(): number
  setOffset(ms: number): void
  offset(): number
  onMove(fn: () => void): void
}

/** The one clock of all emulators: wall time plus an offset that the outside world's page and the tests move. */
export function createClock(): Clock {
  let offset = 0
  const listeners: (() => void)[] = []
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    setOffset(ms) {
      offset = ms
      for (const listener of listeners) listener()
    },
    onMove: (fn) => void listeners.push(fn),
  }
}
