/** One step of a tiered price: exact decimal texts in minor units; `up_to` null is the last. */
export type Tier = { up_to: number | null; unit: string | null; flat: string | null }
/** A part of what a quantity costs: how many units at which unit price (decimal text), or a flat amount once. */
export type PricePart = { quantity: number; unit: string; tier: number | null; flat: boolean }

/** All units at the price of the tier that the whole quantity falls into. */
export function volumeParts(tiers: Tier[], quantity: number): PricePart[] {
  const index = tiers.findIndex(({ up_to }) => up_to === null || quantity <= up_to)
  const tier = tiers[index]
  return tier ? partsOf(tier, index, quantity) : []
}

/** The units of each tier at its own price; the first tier's flat amount is due even for nothing. */
export function graduatedParts(tiers: Tier[], quantity: number): PricePart[] {
  let below = 0
  return tiers.flatMap((tier, index) => {
    const units = Math.max(0, Math.min(quantity, tier.up_to ?? quantity) - below)
    below = tier.up_to ?? quantity
    return units > 0 || index === 0 ? partsOf(tier, index, units) : []
  })
}

function partsOf({ unit, flat }: Tier, index: number, quantity: number): PricePart[] {
  const units = unit === null ? [] : [{ quantity, unit, tier: index + 1, flat: false }]
  const once = flat === null ? [] : [{ quantity: 1, unit: flat, tier: index + 1, flat: true }]
  return [...units, ...once]
}

/** Packages instead of units: divided and rounded to whole packages. */
export function packages(quantity: number, { divide_by, round }: { divide_by: number; round: string }): number {
  return round === 'up' ? Math.ceil(quantity / divide_by) : Math.floor(quantity / divide_by)
}
