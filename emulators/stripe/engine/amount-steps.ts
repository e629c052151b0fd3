import { invalid } from '../http/errors.ts'
import { stepOf } from './money.ts'

/** Refuses an amount (minor units) that no card network takes in this currency: `12.345 KWD`, half a króna. */
export function refuseUneven(amount: number, currency: string, param: string): void {
  const step = stepOf(currency)
  if (amount % step === 0) return
  const name = currency.toUpperCase()
  if (step === 10)
    throw invalid(
      `Invalid amount. Amounts in the three-decimal currency ${name} must be evenly divisible by 10.`,
      param,
    )
  const words = `Invalid amount. Currency ${name} has become effectively zero-decimal and charged amounts must be evenly divisible by 100. See https://stripe.com/docs/currencies#special-cases for more information.`
  throw invalid(words, param, 'invalid_charge_amount_no_decimal_compatible')
}
