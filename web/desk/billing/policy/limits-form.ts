import { isCurrency } from '#contract/currencies.ts'
import { parseMoney } from '#contract/money-parse.ts'
import { decimalText } from '#contract/money-text.ts'
import { money } from '#contract/money.ts'
import type { PolicyLimits } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'

/** What stands in the fields, as typed. */
export type LimitsForm = {
  rows: { currency: string; auto: string; lead: string }[]
  monthlyWindowDays: string
  yearlyWindowDays: string
  repeatPerYear: string
}

export type NumberField = 'monthlyWindowDays' | 'yearlyWindowDays' | 'repeatPerYear'

export const numberFields: Record<NumberField, { max: number }> = {
  monthlyWindowDays: { max: 365 },
  yearlyWindowDays: { max: 365 },
  repeatPerYear: { max: 100 },
}

/** The form of limits that are in force; one row per currency that has either limit. */
export function formOf(limits: PolicyLimits): LimitsForm {
  const currencies = [...new Set([...Object.keys(limits.autoLimit), ...Object.keys(limits.leadLimit)])].sort()
  const text = (amount: number | undefined, currency: string): string =>
    amount === undefined ? '' : decimalText(money(amount, currency))
  return {
    rows: currencies.map((currency) => ({
      currency,
      auto: text(limits.autoLimit[currency], currency),
      lead: text(limits.leadLimit[currency], currency),
    })),
    monthlyWindowDays: String(limits.monthlyWindowDays),
    yearlyWindowDays: String(limits.yearlyWindowDays),
    repeatPerYear: String(limits.repeatPerYear),
  }
}

/** Problems by field: `USD.auto`, `USD.lead`, or the name of a number. */
export type Problems = Record<string, string>

/** The limits in minor units, or what is wrong with which field. */
export function readForm(form: LimitsForm): { limits: PolicyLimits | null; problems: Problems } {
  const problems: Problems = {}
  const autoLimit: Record<string, number> = {}
  const leadLimit: Record<string, number> = {}
  const amount = (field: string, typed: string, currency: string): number | undefined => {
    const parsed = parseMoney(typed, currency)
    if (!parsed.ok) problems[field] = parsed.sentence
    else if (parsed.money.amount < 0) problems[field] = t('policy.notNegative')
    else return parsed.money.amount
    return undefined
  }
  for (const { currency, auto, lead } of form.rows) {
    const most = amount(`${currency}.auto`, auto, currency)
    const leadMost = amount(`${currency}.lead`, lead, currency)
    if (most !== undefined) autoLimit[currency] = most
    if (leadMost !== undefined) leadLimit[currency] = leadMost
    if (most !== undefined && leadMost !== undefined && leadMost < most)
      problems[`${currency}.lead`] = t('policy.leadBelow')
  }
  const whole = (field: NumberField): number => {
    const value = Number(form[field])
    if (!/^\d+$/.test(form[field].trim()) || value > numberFields[field].max)
      problems[field] = t('policy.whole', { max: numberFields[field].max })
    return value
  }
  const limits = {
    autoLimit,
    leadLimit,
    monthlyWindowDays: whole('monthlyWindowDays'),
    yearlyWindowDays: whole('yearlyWindowDays'),
    repeatPerYear: whole('repeatPerYear'),
  }
  return { limits: Object.keys(problems).length ? null : limits, problems }
}

/** Whether a code can be added as a row; otherwise why not. */
export function currencyProblem(code: string, form: LimitsForm): string | null {
  if (!isCurrency(code)) return t('policy.noCurrency', { code })
  return form.rows.some(({ currency }) => currency === code) ? t('policy.hasCurrency', { code }) : null
}
