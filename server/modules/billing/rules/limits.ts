import { isoExponent } from '#contract/currencies.ts'
import { money, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { RefundPolicy } from './policy.ts'

/** The stored daily rates: `perUnit.EUR = '1.0850'` says that 1 EUR is 1.0850 of the base currency. */
export type Rates = { on: string; base: string; perUnit: Record<string, string> }

export type Approver = 'lead' | 'finance'

export type Compared = { within: boolean; sentence: string }

/**
 * Whether an amount is within a limit kept per currency. A currency without a limit of its own is converted to the base
 * currency, rounded up so that the agent never gains; with no rate nothing is within.
 */
export function withinLimit(
  value: Money,
  limit: Record<string, number>,
  base: string,
  rates: Rates | undefined,
): Compared {
  const own = limit[value.currency]
  if (own !== undefined)
    return { within: value.amount <= own, sentence: `the limit is ${formatMoney(money(own, value.currency))}` }
  const converted = convertUp(value, base, rates)
  const most = limit[base]
  if (!converted || most === undefined)
    return { within: false, sentence: `there is no limit and no daily rate for ${value.currency}` }
  const told = `${formatMoney(value)} is ${formatMoney(converted)} at the rate of ${rates?.on}`
  return { within: converted.amount <= most, sentence: `${told}; the limit is ${formatMoney(money(most, base))}` }
}

/** In the base currency, rounded up to the next minor unit; nothing without a rate. */
export function convertUp(value: Money, base: string, rates: Rates | undefined): Money | undefined {
  if (value.currency === base) return value
  const rate = rates?.base === base ? /^(\d+)(?:\.(\d+))?$/.exec(rates.perUnit[value.currency] ?? '') : null
  if (!rate) return undefined
  const [, whole = '0', fraction = ''] = rate
  const shift = isoExponent(base) - isoExponent(value.currency) - fraction.length
  const product = BigInt(value.amount) * BigInt(whole + fraction)
  const divisor = 10n ** BigInt(Math.max(0, -shift))
  const scaled = product * 10n ** BigInt(Math.max(0, shift))
  const up = scaled > 0n ? (scaled + divisor - 1n) / divisor : scaled / divisor
  return up > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : money(Number(up), base)
}

/** Who must approve an amount, by the policy's bands; nobody within the automatic one. The sentence begins in lower case. */
export function amountApprover(
  value: Money,
  policy: RefundPolicy,
  rates: Rates | undefined,
): { role: Approver; sentence: string } | undefined {
  const auto = withinLimit(value, policy.limits.autoLimit, policy.baseCurrency, rates)
  if (auto.within) return undefined
  const lead = withinLimit(value, policy.limits.leadLimit, policy.baseCurrency, rates)
  if (lead.within) return { role: 'lead', sentence: `above what an agent may decide alone: ${auto.sentence}.` }
  return { role: 'finance', sentence: `above what a lead may approve: ${lead.sentence}.` }
}
