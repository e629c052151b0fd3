import { fromStripe, isExactFromStripe, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { SubscriptionFacts, SubscriptionItemFacts } from './facts.ts'
import { counted, dayWords, type Dates } from './words.ts'

export type BillingSummary = {
  /** "Team, monthly" */
  plan: string
  status: string
  /** Plan, status and what comes next in one sentence. */
  sentence: string
  seats: number | null
  unit: Money | null
  interval: string | null
  /** Epoch seconds. Before tax and discounts; no money where usage or tiers decide. */
  nextCharge: { at: number; money: Money | null } | null
  /** Epoch seconds at which it ends or ended. */
  endsAt: number | null
}

/** The words of the facts pane for one subscription. `names` are plan names by price or product id. */
export function summarizeSubscription(
  subscription: SubscriptionFacts,
  { names = {}, ...dates }: { names?: Record<string, string> } & Dates,
): BillingSummary {
  const item = subscription.items.find((part) => !part.metered) ?? subscription.items[0]
  const interval = item ? intervalWords(item) : null
  const plan = [planWords(subscription, names), interval].filter(Boolean).join(', ')
  const next = nextCharge(subscription)
  const endsAt =
    subscription.endedAt ??
    subscription.cancelAt ??
    (subscription.cancelAtPeriodEnd ? periodEnd(subscription) : undefined)
  const unit = item?.unitAmount
  return {
    plan,
    status: subscription.status,
    sentence: `${plan}: ${statusWords(subscription, next, dates)}`,
    seats: item?.metered ? null : (item?.quantity ?? null),
    unit: item && unit !== undefined && isExactFromStripe(unit, item.currency) ? fromStripe(unit, item.currency) : null,
    interval: item?.interval ?? null,
    nextCharge: next,
    endsAt: endsAt ?? null,
  }
}

function statusWords(subscription: SubscriptionFacts, next: BillingSummary['nextCharge'], dates: Dates): string {
  const { status } = subscription
  const day = (at: number | undefined): string => (at === undefined ? 'an unknown day' : dayWords(at, dates))
  const charge = next ? `next charge ${next.money ? `${formatMoney(next.money)} ` : ''}on ${day(next.at)}` : ''
  const seats = seatWords(subscription)
  const foreign = foreignWords(subscription)
  if (status === 'canceled') return `ended on ${day(subscription.endedAt ?? subscription.canceledAt)}.`
  if (subscription.pausedCollection) return `active${seats}, but collection is paused; nothing is charged.`
  if (foreign) return `${status.replaceAll('_', ' ')}${seats}, ${foreign}.`
  const ending = subscription.cancelAt ?? (subscription.cancelAtPeriodEnd ? periodEnd(subscription) : undefined)
  if (ending !== undefined && (status === 'active' || status === 'trialing'))
    return `${status === 'trialing' ? 'on trial' : 'active'}${seats}, cancelled and ending on ${day(ending)}.`
  switch (status) {
    case 'active':
      return `active${seats}, ${charge || 'no further charge known'}.`
    case 'trialing':
      return `on trial until ${day(subscription.trialEnd)}${seats}${charge ? `, ${charge}` : ''}.`
    case 'past_due':
      return `past due${seats}: the last payment failed.`
    case 'unpaid':
      return `unpaid${seats}: payment was given up, invoices stay open.`
    case 'incomplete':
      return `not started${seats}: the first payment has not gone through.`
    case 'incomplete_expired':
      return 'never started: the first payment was not made in time.'
    case 'paused':
      return `paused${seats}; no invoices are made.`
    default:
      return `${status.replaceAll('_', ' ')}${seats}.`
  }
}

function nextCharge(subscription: SubscriptionFacts): BillingSummary['nextCharge'] {
  const { status, source, pausedCollection, cancelAt, cancelAtPeriodEnd, trialEnd } = subscription
  if (
    (status !== 'active' && status !== 'trialing') ||
    pausedCollection ||
    (source !== 'stripe' && source !== 'invoice')
  )
    return null
  const at = status === 'trialing' ? (trialEnd ?? periodEnd(subscription)) : periodEnd(subscription)
  if (at === undefined || cancelAtPeriodEnd || (cancelAt !== undefined && cancelAt <= at)) return null
  return { at, money: amountAt(subscription, at) }
}

/** What is billed at that moment: the items whose period ends then. Unknown where one is metered or tiered. */
function amountAt({ items, currency, status }: SubscriptionFacts, at: number): Money | null {
  const due = status === 'trialing' ? items : items.filter((item) => item.periodEnd === at)
  if (due.some((item) => item.metered || item.unitAmount === undefined || item.currency !== currency)) return null
  const sum = due.reduce((all, item) => all + (item.unitAmount ?? 0) * (item.quantity ?? 1), 0)
  return isExactFromStripe(sum, currency) ? fromStripe(sum, currency) : null
}

function periodEnd({ items }: SubscriptionFacts): number | undefined {
  return items.length ? Math.min(...items.map((item) => item.periodEnd)) : undefined
}

function planWords({ items }: SubscriptionFacts, names: Record<string, string>): string {
  const known = items.map((item) => names[item.price] ?? names[item.product ?? ''] ?? item.nickname ?? 'Unnamed plan')
  return [...new Set(known)].join(' + ') || 'No plan'
}

function seatWords({ items }: SubscriptionFacts): string {
  const seats = items.find((item) => !item.metered)?.quantity
  return seats !== undefined && seats > 1 ? ` with ${counted(seats, 'seat')}` : ''
}

function foreignWords({ source }: SubscriptionFacts): string {
  switch (source) {
    case 'apple':
      return 'billed by Apple'
    case 'google':
      return 'billed by Google Play'
    case 'partner':
      return 'billed by a partner'
    default:
      return ''
  }
}

function intervalWords({ interval, intervalCount }: SubscriptionItemFacts): string | null {
  if (!interval) return null
  const single: Record<string, string> = { day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly' }
  return intervalCount === 1 ? (single[interval] ?? interval) : `every ${counted(intervalCount, interval)}`
}
