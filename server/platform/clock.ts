/**
 * The desk's time. It runs like the machine's, shifted by an offset that only the demo and tests move;
 * jobs wait in real time, so a due time is brought back with `toReal`.
 */
export type Clock = {
  now(): Temporal.Instant
  toReal(instant: Temporal.Instant): Temporal.Instant
  setOffset(ms: number): void
}

export function createClock(): Clock {
  let offsetMs = 0
  return {
    now: () => Temporal.Now.instant().add({ milliseconds: offsetMs }),
    toReal: (instant) => instant.subtract({ milliseconds: offsetMs }),
    setOffset: (ms) => {
      offsetMs = Math.round(ms)
    },
  }
}
