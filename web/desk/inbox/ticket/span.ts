import { t } from '../../messages/translate.ts'

/** A length of time to the minute for sums: `3 d 4 h`, `2 h 05 min`, `45 min`, `20 s`. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return t('span.seconds', { s: seconds })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return t('ui.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return t('span.hours', { h: hours, m: String(minutes % 60).padStart(2, '0') })
  return t('span.days', { d: Math.floor(hours / 24), h: hours % 24 })
}
