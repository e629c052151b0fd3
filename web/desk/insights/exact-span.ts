/** A length of time to the second, `26:05:30` for hours, minutes and seconds; hours go past a day, so that sums can be checked. */
export function exactSpan(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const rest = Math.abs(seconds)
  return `${seconds < 0 ? '−' : ''}${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
}

/** Milliseconds as whole seconds that add up to the whole seconds of their sum: what is shown can be added up by hand. */
export function wholeSeconds(parts: readonly number[]): number[] {
  let sum = 0
  let shown = 0
  return parts.map((ms) => {
    sum += ms
    const seconds = Math.round(sum / 1000) - shown
    shown += seconds
    return seconds
  })
}
