/** What a workload prints as its last line on stdout. */
export type BenchResult = {
  name: string
  sizes: Record<string, number>
  ops: number
  seconds: number
  perSecond: number
  ms: { p50: number; p95: number; p99: number; max: number }
  /** The most memory each process held, in MB (proportional set size; a shared page counts once). */
  peakMb: Record<string, number>
  quality?: Record<string, number | string>
  /** What was verified, in words. */
  checked: string[]
}

/** A workload: `options` are its `--name value` pairs. It throws when what it verifies does not hold. */
export type Bench = (options: Record<string, string>) => Promise<BenchResult>

/** Percentiles of durations in milliseconds, by nearest rank. */
export function percentiles(durations: readonly number[]): BenchResult['ms'] {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** A line for the person who watches. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** A whole number among the options. */
export function count(options: Record<string, string>, name: string, initial: number): number {
  const value = Number(options[name] ?? initial)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`)
  return value
}
