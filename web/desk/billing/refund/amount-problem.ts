import { parseMoney } from '#contract/money-parse.ts'
import { formatMoney } from '#contract/money-text.ts'
import { compare, type Money } from '#contract/money.ts'
import { t } from '../../messages/translate.ts'

type Read = { amount: number; error: null } | { amount: null; error: string }

/** What was typed, in minor units within the allowed range, or the sentence that stands under the field. */
export function readAmount(typed: string, { min, max }: { min: Money; max: Money }): Read {
  const parsed = parseMoney(typed, max.currency)
  if (!parsed.ok) return { amount: null, error: parsed.sentence }
  if (compare(parsed.money, max) > 0)
    return { amount: null, error: t('refund.amount.tooMuch', { max: formatMoney(max) }) }
  if (compare(parsed.money, min) < 0)
    return { amount: null, error: t('refund.amount.tooLittle', { min: formatMoney(min) }) }
  return { amount: parsed.money.amount, error: null }
}
