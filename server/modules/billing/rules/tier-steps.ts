import { timesDecimal } from '#contract/money-decimal.ts'
import { mismatch, type Around, type Fault } from './explanation.ts'
import type { InvoiceLineFacts, PriceFacts } from './facts.ts'
import { priceKnown } from './line-price.ts'
import { planName } from './plan-name.ts'
import { tierParts } from './tier-price.ts'
import { isTrial } from './trial-line.ts'
import { amountWords, counted, unitWords } from './words.ts'

/** What one line of a tiered price stands for: "step 2" and how it is reckoned. */
export type TierStep = { what: string; words: string }

/** One line that a quantity should have by the tiers. */
type Expected = TierStep & { quantity: number; unit: string; amount: number }

/**
 * A tiered price often makes a line for each step and each flat fee. Lines of one item and period are held together
 * against the tiers: their units must fall into the steps as the price says, or at least their sum be what the steps give.
 */
export function tierSteps(lines: readonly InvoiceLineFacts[], around: Around): Map<string, TierStep> | Fault {
  const steps = new Map<string, TierStep>()
  for (const group of groupsOf(lines, around)) {
    const [first] = group
    const price = first && priceKnown(first, around.prices)
    if (!first || !price) continue
    const ways = unitsOf(group).map((units) => expectedLines(price, units, first.currency))
    const told = ways.map((expected) => matched(group, expected)).find((match) => match !== undefined)
    if (told) for (const [id, step] of told) steps.set(id, step)
    else {
      const fault = sumFault(group, ways, around)
      if (fault) return fault
    }
  }
  return steps
}

function groupsOf(lines: readonly InvoiceLineFacts[], around: Around): InvoiceLineFacts[][] {
  const groups = new Map<string, InvoiceLineFacts[]>()
  for (const line of lines) {
    if (line.proration || line.unitAmount === undefined || isTrial(line, around)) continue
    const price = priceKnown(line, around.prices)
    if (!price?.tiersMode || !price.tiers.length) continue
    const key = [line.price, line.subscriptionItem, line.periodStart, line.periodEnd].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()]
}

/** How many units the lines may stand for: all they count, less one for each that is a flat fee. */
function unitsOf(group: readonly InvoiceLineFacts[]): number[] {
  const all = group.reduce((sum, line) => sum + (line.quantity ?? 0), 0)
  return Array.from({ length: group.length + 1 }, (_, flat) => all - flat).filter((units) => units >= 0)
}

function expectedLines(price: PriceFacts, quantity: number, currency: string): Expected[] {
  const volume = price.tiersMode === 'volume'
  return tierParts(price, quantity).flatMap(({ units, from, step, tier }): Expected[] => {
    const name = `step ${step} of ${price.tiers.length}`
    const range = units === 1 ? `unit ${from + 1}` : `units ${from + 1} to ${from + units}`
    const which = volume
      ? `all ${counted(units, 'unit')} at the price of ${name}`
      : `${name}, ${units ? range : 'none'}`
    return [
      ...expected(tier.unit, units, (unit, amount) => ({
        what: `step ${step}`,
        words: `${which}: ${units} × ${unitWords(unit, currency)} = ${amountWords(amount, currency)}`,
      })),
      ...expected(tier.flat, 1, (_, amount) => ({
        what: `flat fee of step ${step}`,
        words: `the flat fee of ${name}: ${amountWords(amount, currency)}`,
      })),
    ]
  })
}

function expected(
  unit: string | undefined,
  quantity: number,
  told: (unit: string, amount: number) => TierStep,
): Expected[] {
  const amount = unit === undefined ? undefined : timesDecimal(unit, String(quantity))
  return unit === undefined || amount === undefined ? [] : [{ quantity, unit, amount, ...told(unit, amount) }]
}

/** Which line is which step; undefined unless every line is one and every step that costs something has one. */
function matched(group: readonly InvoiceLineFacts[], all: readonly Expected[]): Map<string, TierStep> | undefined {
  const left = new Set(all)
  const found = new Map<string, TierStep>()
  for (const line of group) {
    const step = [...left].find(
      ({ unit, quantity, amount }) =>
        amount === line.amount && quantity === line.quantity && Number(unit) === Number(line.unitAmount),
    )
    if (!step) return undefined
    left.delete(step)
    found.set(line.id, step)
  }
  return [...left].every(({ amount }) => amount === 0) ? found : undefined
}

function sumFault(group: readonly InvoiceLineFacts[], ways: readonly Expected[][], around: Around): Fault | undefined {
  const stated = group.reduce((all, line) => all + line.amount, 0)
  const sums = ways.map((way) => way.reduce((all, { amount }) => all + amount, 0))
  if (sums.includes(stated)) return undefined
  const [near = 0] = sums
    .map((sum, index) => ({ sum, index }))
    .sort((a, b) => Math.abs(a.sum - stated) - Math.abs(b.sum - stated))
    .map(({ index }) => index)
  const [way, reached] = [ways[near] ?? [], sums[near] ?? 0]
  const odd =
    group.find((line) => !way.some(({ unit }) => Number(unit) === Number(line.unitAmount))) ??
    group.find((line) => !way.some(({ amount }) => amount === line.amount)) ??
    group[0]
  if (!odd) return undefined
  const [billed, due] = [amountWords(stated, odd.currency), amountWords(reached, odd.currency)]
  const steps = way.map(({ words }) => words).join('; ')
  return mismatch(
    odd.id,
    odd.currency,
    { stated, reached },
    `The steps of "${planName(odd, around.names)}" are billed at ${billed}, but by its price they cost ${due} (${steps}).`,
  )
}
