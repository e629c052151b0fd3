import { timesDecimal } from '#contract/money-decimal.ts'
import type { InvoiceLineFacts, PriceFacts } from './facts.ts'
import { tierPrice } from './tier-price.ts'
import { amountWords, unitWords } from './words.ts'

export type Priced = { amount: number; words: string }

/** The price of a line, in the line's currency; undefined where the mirror has none in it. */
export function priceKnown(line: InvoiceLineFacts, prices: readonly PriceFacts[] = []): PriceFacts | undefined {
  const price = prices.find(({ id }) => id === line.price)
  if (!price || price.currency === line.currency) return price
  const option = price.elsewhere?.[line.currency]
  return option && { ...price, ...option, currency: line.currency }
}

/** What a line should cost by its price, with the arithmetic in words; nothing where the price is not known. */
export function priceOfLine(line: InvoiceLineFacts, price: PriceFacts | undefined): Priced | undefined {
  const ways = waysToPrice(line, price, line.unitAmount)
  return ways.find(({ amount }) => amount === line.amount) ?? ways[0]
}

/** What all units cost for a whole period, each way it may be reckoned; none where that is not known. */
export function fullPrices(line: InvoiceLineFacts, price: PriceFacts | undefined): Priced[] {
  if (!price) return []
  const whole = waysToPrice(line, price, undefined)
  // A part of a tiered price is a line of its own, with the unit price of its step.
  const ofStep = price.tiers.length && line.unitAmount ? waysToPrice(line, undefined, line.unitAmount) : []
  return [...whole, ...ofStep]
}

function waysToPrice(line: InvoiceLineFacts, price: PriceFacts | undefined, stated: string | undefined): Priced[] {
  const quantity = line.quantityDecimal ?? String(line.quantity ?? 1)
  const isWhole = /^\d+$/.test(quantity)
  const tiered = price?.tiers.length && isWhole ? tierPrice(price, Number(quantity), line.currency) : []
  const unit = stated ?? (price?.tiersMode ? undefined : price?.unitAmount)
  const counts = price?.divideBy && isWhole ? packages(quantity, price.divideBy, price.roundUp) : [counted(quantity)]
  const perUnits = unit === undefined ? [] : counts.flatMap((count) => perUnit(line, unit, count) ?? [])
  return stated === undefined ? [...tiered, ...perUnits] : [...perUnits, ...tiered]
}

type Count = { count: string; words: string }

const counted = (quantity: string): Count => ({ count: quantity, words: quantity })

function perUnit(line: InvoiceLineFacts, unit: string, { count, words }: Count): Priced | undefined {
  const amount = timesDecimal(unit, count)
  if (amount === undefined) return undefined
  const each = unitWords(unit, line.currency)
  if (words === '1') return { amount, words: amountWords(amount, line.currency) }
  return { amount, words: `${words} × ${each} = ${amountWords(amount, line.currency)}` }
}

/** Prices per package: 1,050 messages in packages of 100 are 11 when rounded up. A line states its units, or its packages. */
function packages(quantity: string, divideBy: number, roundUp: boolean): Count[] {
  const exact = Number(quantity) / divideBy
  const count = String(roundUp ? Math.ceil(exact) : Math.floor(exact))
  const stated = { count: quantity, words: `${quantity} ${quantity === '1' ? 'package' : 'packages'} of ${divideBy}` }
  return count === quantity ? [stated] : [{ count, words: `${count} (${quantity} in packages of ${divideBy})` }, stated]
}
