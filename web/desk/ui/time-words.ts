import { t } from '../messages/translate.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** How long ago (or ahead) up to a day: `now`, `12 min`, `5 h`; then the date, with its year when it is another one. */
export function relativeTime(at: number, now: number): string {
  const span = Math.abs(now - at)
  if (span < minute) return t('ui.justNow')
  if (span < day) return duration(span)
  return dateOf(at, now)
}

/** `3 Nov`, or `3 Nov 2025` when the year is not this one. */
export function dateOf(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? dayMonth : dayMonthYear).format(at)
}

/** `3 Nov 14:05`, or `3 Nov 2025 14:05`: a moment in a table of many. */
export function momentOf(at: number, now: number): string {
  return `${dateOf(at, now)} ${clock.format(at)}`
}

/** A length of time in its largest unit: `45 min`, `5 h`, `3 d`. Rounded down, at least one minute. */
export function duration(ms: number): string {
  if (ms < hour) return t('ui.minutes', { n: Math.max(1, Math.floor(ms / minute)) })
  if (ms < 2 * day) return t('ui.hours', { n: Math.floor(ms / hour) })
  return t('ui.days', { n: Math.floor(ms / day) })
}

/** Date, minute and zone of an instant; the viewer's zone unless told. An unknown zone falls back to the viewer's. */
export function exactTime(at: number, timeZone?: string | null): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }
  try {
    return new Intl.DateTimeFormat('en-GB', timeZone ? { ...options, timeZone } : options).format(at)
  } catch {
    return new Intl.DateTimeFormat('en-GB', options).format(at)
  }
}
