import type { PolicyLimits } from '#contract/billing.ts'
import type { RefundPolicy } from './policy.ts'

export const defaultLimits: PolicyLimits = {
  autoLimit: { USD: 10_000, EUR: 9_000, GBP: 8_000, JPY: 15_000 },
  leadLimit: { USD: 100_000, EUR: 90_000, GBP: 80_000, JPY: 150_000 },
  monthlyWindowDays: 14,
  yearlyWindowDays: 30,
  repeatPerYear: 2,
}

const euAndEea = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

/** The policy a new desk starts with, and every later version: only the limits are edited on the screen. */
export function buildPolicy(
  version: number,
  effectiveFrom: string,
  limits: PolicyLimits = defaultLimits,
): RefundPolicy {
  return {
    version,
    effectiveFrom,
    limits,
    baseCurrency: 'USD',
    ourErrors: ['duplicate', 'billed_after_cancel', 'outage'],
    windows: [
      { id: 'remorse_month', cause: 'remorse', interval: 'month', within: 'monthlyWindowDays', give: 'full' },
      { id: 'remorse_year', cause: 'remorse', interval: 'year', within: 'yearlyWindowDays', give: 'full' },
      { id: 'remorse_one_off', cause: 'remorse', interval: 'one_off', within: 'monthlyWindowDays', give: 'full' },
      {
        id: 'remorse_year_consumer',
        cause: 'remorse',
        segment: 'consumer',
        interval: 'year',
        within: 366,
        give: 'unused_months',
      },
      {
        id: 'remorse_year_enterprise',
        cause: 'remorse',
        segment: 'enterprise',
        interval: 'year',
        within: 366,
        give: 'unused_months',
        approver: 'lead',
      },
      {
        id: 'renewal_month',
        cause: 'forgotten_renewal',
        interval: 'month',
        occasion: 'renewal',
        within: 'monthlyWindowDays',
        give: 'full',
      },
      {
        id: 'renewal_year',
        cause: 'forgotten_renewal',
        interval: 'year',
        occasion: 'renewal',
        within: 'yearlyWindowDays',
        give: 'full',
      },
      {
        id: 'renewal_year_later',
        cause: 'forgotten_renewal',
        interval: 'year',
        occasion: 'renewal',
        within: 366,
        give: 'unused_days',
      },
    ],
    statutory: [
      { id: 'eu_withdrawal', name: 'the EU right of withdrawal', countries: euAndEea, days: 14 },
      { id: 'uk_cancellation', name: 'the UK right to cancel', countries: ['GB'], days: 14 },
    ],
    goodwill: { sharePercent: 50, yearlyCap: { USD: 10_000, EUR: 9_000, GBP: 8_000, JPY: 15_000 } },
    smallest: {},
    foreign: {
      apple: { name: 'Apple', url: 'https://reportaproblem.apple.com', macro: 'refund_by_apple' },
      google: {
        name: 'Google Play',
        url: 'https://play.google.com/store/account/orderhistory',
        macro: 'refund_by_google',
      },
      partner: { name: 'the partner who sold it', url: '', macro: 'refund_by_partner' },
    },
    approvalHours: 72,
    soloDelayHours: 24,
  }
}
