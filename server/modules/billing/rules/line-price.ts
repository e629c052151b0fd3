import { timesDecimal } from '#contract/money-decimal.ts'
import type { InvoiceLineFacts, PriceFacts } from './facts.ts'
import { tierPrice } from './tier-price.ts'
import { amountWords, unitWords } from './words.ts'

/** What a line should cost by its price, with the arithmetic in words; nothing where the price is not known. */
export function priceOfLine(
  line: InvoiceLineFacts,
  price: PriceFacts | undefined,
): { amount: number; words: string } | undefined {
  const quantity = line.quantityDecimal ?? String(line.quantity ?? 1)
  if (line.unitAmount !== undefined) return perUnit(line, line.unitAmount, packages(quantity, price))
  if (!price) return undefined
  if (price.tiers.length && /^\d+$/.test(quantity)) return tierPrice(price, Number(quantity), line.currency)
  return price.unitAmount === undefined ? undefined : perUnit(line, price.unitAmount, packages(quantity, price))
}

/** The price of all units for a whole period; undefined where it is not known. */
export function fullPrice(
  line: InvoiceLineFacts,
  price: PriceFacts | undefined,
): { amount: number; words: string } | undefined {
  if (!price) return undefined
  return priceOfLine({ ...line, unitAmount: undefined }, price)
}

function perUnit(line: InvoiceLineFacts, unit: string, { count, words }: Packages) {
  const amount = timesDecimal(unit, count)
  if (amount === undefined) return undefined
  const each = unitWords(unit, line.currency)
  if (count === '1') return { amount, words: amountWords(amount, line.currency) }
  return { amount, words: `${words} × ${each} = ${amountWords(amount, line.currency)}` }
}

type Packages = { count: string; words: string }

/** Prices per package: 1,050 messages in packages of 100 are 11 when rounded up. */
function packages(quantity: string, price: PriceFacts | undefined): Packages {
  if (!price?.divideBy || !/^\d+$/.test(quantity)) return { count: quantity, words: quantity }
  const exact = Number(quantity) / price.divideBy
  const count = String(price.roundUp ? Math.ceil(exact) : Math.floor(exact))
  return { count, words: `${count} (${quantity} in packages of ${price.divideBy})` }
}
