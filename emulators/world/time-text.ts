import { html, type Html } from './html.ts'

/** `12 min` up to a day, then the date; the exact time shows on hover. `at` and `now` in milliseconds. */
export function timeText(at: number, now: number): Html {
  const exact = new Date(at).toISOString().replace('T', ' ').slice(0, 19)
  return html`<time datetime="${new Date(at).toISOString()}" title="${exact} UTC">${relative(at, now)}</time>`
}

function relative(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes >= 0 && minutes < 1) return 'now'
  if (minutes > 0 && minutes < 60) return `${minutes} min`
  if (minutes >= 60 && minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`
  return dateText(at, now)
}

/** `3 Nov`, with the year when it is another one. */
export function dateText(at: number, now: number): string {
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
  const year = sameYear ? undefined : 'numeric'
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year, timeZone: 'UTC' })
}

/** `2 days 4 hours ahead of` / `behind` real time, for an offset in milliseconds. */
export function offsetText(ms: number): string {
  if (Math.abs(ms) < 1000) return 'the same as real time'
  const total = Math.round(Math.abs(ms) / 1000)
  const units = [
    ['day', Math.floor(total / 86_400)],
    ['hour', Math.floor(total / 3600) % 24],
    ['minute', Math.floor(total / 60) % 60],
    ['second', total % 60],
  ] as const
  const words = units.flatMap(([unit, n]) => (n > 0 ? [`${n} ${unit}${n === 1 ? '' : 's'}`] : []))
  return `${words.slice(0, 2).join(' ')} ${ms > 0 ? 'ahead of' : 'behind'} real time`
}
