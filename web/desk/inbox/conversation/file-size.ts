const units = ['kB', 'MB', 'GB'] as const

/** Bytes as `812 B`, `4.2 kB`, `18 MB` (decimal units). */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let value = bytes
  let unit = -1
  do {
    value /= 1000
    unit += 1
  } while (value >= 999.5 && unit < units.length - 1)
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? 'GB'}`
}
