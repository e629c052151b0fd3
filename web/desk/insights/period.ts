import type { ReportSearch } from '../paths.ts'

export const presets = ['7', '28', '90'] as const
export type Preset = (typeof presets)[number] | 'custom'

/** Dates in the calendar's zone: `from` and `to` both belong to the period; `to` null is up to now. */
export type Period = { preset: Preset; from: string; to: string | null }
/** What the endpoints are asked: `to` is the first day after. */
export type Asked = { from: string; to?: string }

const day = 86_400_000

/** The date that a clock in `timeZone` shows at an instant. */
export function dateIn(timeZone: string, at: number): string {
  // The Swedish way to write a date is ISO's.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)
}

/** What an address asks for: two dates, or a number of days that ends today; 28 unless said. */
export function periodOf({ days, from, to }: ReportSearch, today: string): Period {
  if (isDate(from) && isDate(to) && from <= to) return { preset: 'custom', from, to }
  const preset = presets.find((one) => one === days) ?? '28'
  return { preset, from: addDays(today, 1 - Number(preset)), to: null }
}

export function askedOf({ from, to }: Period): Asked {
  return to === null ? { from } : { from, to: addDays(to, 1) }
}

/** The same number of days just before. */
export function before({ from, to }: Period, today: string): { asked: Asked; days: number } {
  const days = Math.round((Date.parse(to ?? today) - Date.parse(from)) / day) + 1
  return { asked: { from: addDays(from, -days), to: from }, days }
}

function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}
