import type { Kpi, KpiExclusion, Share } from '#contract/kpi.ts'
import { t } from '../messages/translate.ts'
import { span } from '../inbox/ticket/span.ts'

const whole = new Intl.NumberFormat('en')
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })

export function percent(value: number): string {
  return percents.format(value)
}

export function count(n: number): string {
  return whole.format(n)
}

/** `11 of 12 (65–99%)`: what a share is made of, with its interval where there are enough to say. */
export function ofWords({ part, of, low, high }: Share): string {
  if (low === null || high === null) return t('figure.of', { part, of })
  return t('figure.range', { part, of, low: percent(low).replace('%', ''), high: percent(high) })
}

/** A target as it was set: `4 h`, not `4 h 00 min`. */
export function roundSpan(ms: number): string {
  return span(ms).replace(/ 00 min$| 0 h$/, '')
}

/** The big number of a card: a median, a count or a share; null where it is withheld. */
export function headline(kpi: Kpi): string | null {
  const { id } = kpi.definition
  if (id === 'backlog' || id === 'solved') return count(kpi.n)
  if (id === 'reopened' || id === 'one_touch' || id === 'csat')
    return kpi.share?.value == null ? null : percent(kpi.share.value)
  return kpi.median === null ? null : span(kpi.median)
}

/** How the headline differs from the one before: in per cent of it, or in points where it is a share itself. */
export function changeWords(now: Kpi, then: Kpi | undefined): string | null {
  const [a, b] = [headlineValue(now), then ? headlineValue(then) : null]
  if (a === null || b === null) return null
  const isShare = now.share !== null && headlineIsShare(now)
  if (!isShare && b === 0) return null
  const change = Math.round((isShare ? a - b : (a - b) / b) * 100)
  if (change === 0) return t('figure.change.none')
  const sign = change > 0 ? '+' : '−'
  return isShare
    ? t('figure.change.points', { change: `${sign}${Math.abs(change)}` })
    : t('figure.change.percent', { change: `${sign}${Math.abs(change)}` })
}

function headlineIsShare({ definition: { id } }: Kpi): boolean {
  return id === 'reopened' || id === 'one_touch' || id === 'csat'
}

function headlineValue(kpi: Kpi): number | null {
  if (headlineIsShare(kpi)) return kpi.share?.value ?? null
  const { id } = kpi.definition
  return id === 'backlog' || id === 'solved' ? kpi.n : kpi.median
}

export function exclusionWords(reason: KpiExclusion): string {
  return t(`excluded.${reason}`)
}
