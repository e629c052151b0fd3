import { parseMoney } from '#contract/money-parse.ts'
import type { Money } from '#contract/money.ts'
import { t } from '../../messages/translate.ts'

/** What was typed as a positive amount of this currency, or the sentence that stands under the field. */
export function readCredit(
  typed: string,
  currency: string,
): { money: Money; error: null } | { money: null; error: string } {
  const parsed = parseMoney(typed, currency)
  if (!parsed.ok) return { money: null, error: parsed.sentence }
  return parsed.money.amount > 0
    ? { money: parsed.money, error: null }
    : { money: null, error: t('credit.amount.positive') }
}
