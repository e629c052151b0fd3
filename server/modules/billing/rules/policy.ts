import * as z from 'zod'
import { PolicyLimits, RefundCause } from '#contract/billing.ts'
import { Segment } from '#contract/customers.ts'

/** ISO minor units by currency; a currency that is missing is converted to the base currency at the stored daily rate. */
const Limits = z.record(z.string(), z.int().min(0))

export const Interval = z.enum(['month', 'year', 'one_off'])
export type Interval = z.infer<typeof Interval>

/** What a window gives: everything still refundable, or the part of the paid period not used yet. */
const Give = z.enum(['full', 'unused_days', 'unused_months'])

/** One line of the policy. Rules are read from the top; the first whose words fit and whose window is open decides. */
export const WindowRule = z.object({
  id: z.string(),
  cause: RefundCause,
  segment: Segment.optional(),
  interval: Interval.optional(),
  occasion: z.enum(['first', 'renewal']).optional(),
  /** Days since the charge, or the name of the limit that holds them. */
  within: z.union([z.int().min(0), z.enum(['monthlyWindowDays', 'yearlyWindowDays'])]),
  give: Give,
  approver: z.enum(['lead', 'finance']).optional(),
})
export type WindowRule = z.infer<typeof WindowRule>

/** A right by law, which the policy cannot take away: consumers of these countries, days since a first purchase. */
export const StatutoryRight = z.object({
  id: z.string(),
  name: z.string(),
  countries: z.array(z.string()),
  days: z.int(),
})

const ForeignSource = z.object({ name: z.string(), url: z.string(), macro: z.string() })

export const RefundPolicy = z.object({
  version: z.int().min(1),
  /** RFC 3339; the version in force when the charge was made governs it. */
  effectiveFrom: z.string(),
  limits: PolicyLimits,
  baseCurrency: z.string(),
  /** Ours to mend: full, with no cap and no test of use. */
  ourErrors: z.array(RefundCause),
  windows: z.array(WindowRule),
  statutory: z.array(StatutoryRight),
  goodwill: z.object({ sharePercent: z.int().min(0).max(100), yearlyCap: Limits }),
  /** Smallest refund worth making; where a currency is missing, Stripe's step. */
  smallest: Limits,
  foreign: z.object({ apple: ForeignSource, google: ForeignSource, partner: ForeignSource }),
  /** How long an approval stays open, and how long one person alone must wait in solo mode. */
  approvalHours: z.int().min(1),
  soloDelayHours: z.int().min(1),
})
export type RefundPolicy = z.infer<typeof RefundPolicy>

/** The policy with the newest start not after `at` (epoch ms); the oldest when all are newer. Versions decide between equal starts. */
export function policyInForce(policies: readonly RefundPolicy[], at: number): RefundPolicy | undefined {
  const byAge = [...policies].sort((a, b) => startOf(b) - startOf(a) || b.version - a.version)
  return byAge.find((policy) => startOf(policy) <= at) ?? byAge.at(-1)
}

function startOf(policy: RefundPolicy): number {
  return Temporal.Instant.from(policy.effectiveFrom).epochMilliseconds
}
