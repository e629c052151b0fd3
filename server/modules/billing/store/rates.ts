import { stripeExponent } from '#contract/currencies.ts'
import type { Desk } from '#server/desk.ts'
import { path } from '../mirror-place.ts'
import type { StripeObject } from '../ports.ts'
import type { Rates } from '../rules/limits.ts'

const digits = 8

/** Keeps the day's rates as Stripe itself used them: what charges in other currencies brought. Rounded up, against the agent. */
export async function saveRates(desk: Desk, charges: readonly StripeObject[]): Promise<void> {
  const rates = charges.flatMap((charge) => rateOf(charge) ?? [])
  if (rates.length === 0) return
  await desk.connection.query({
    name: 'save-rates',
    text: `insert into fx_rates ("on", base, currency, per_unit)
      select distinct on (r.base, r.currency, r."on") r."on", r.base, r.currency, r."perUnit"
        from jsonb_to_recordset($1::jsonb) as r("on" date, base text, currency text, "perUnit" text)
      on conflict do nothing`,
    values: [JSON.stringify(rates)],
  })
}

function rateOf(charge: StripeObject): { on: string; base: string; currency: string; perUnit: string } | undefined {
  const settled = path(charge, 'balance_transaction', 'amount')
  const base = path(charge, 'balance_transaction', 'currency')
  const { amount_captured: amount, currency, created } = charge
  if (typeof settled !== 'number' || typeof base !== 'string' || typeof created !== 'number') return undefined
  if (typeof amount !== 'number' || typeof currency !== 'string' || amount <= 0 || base === currency) return undefined
  const [from, to] = [currency.toUpperCase(), base.toUpperCase()]
  // One minor unit more than was booked: the true rate lies below.
  const scaled = BigInt(settled + 1) * 10n ** BigInt(digits + stripeExponent(from))
  const divisor = BigInt(amount) * 10n ** BigInt(stripeExponent(to))
  const units = ((scaled + divisor - 1n) / divisor).toString().padStart(digits + 1, '0')
  const on = Temporal.Instant.fromEpochMilliseconds(created * 1000)
    .toString()
    .slice(0, 10)
  return { on, base: to, currency: from, perUnit: `${units.slice(0, -digits)}.${units.slice(-digits)}` }
}

/** The newest rate of each currency at most a week old. */
export async function readRates(desk: Desk, base: string): Promise<Rates | undefined> {
  const today = desk.now().toString().slice(0, 10)
  const { rows } = await desk.connection.query<{ on: string; currency: string; per_unit: string }>({
    name: 'read-rates',
    text: `select distinct on (currency) "on"::text, currency, per_unit from fx_rates
      where base = $1 and "on" <= $2::date and "on" > $2::date - 7 order by currency, "on" desc`,
    values: [base, today],
  })
  if (rows.length === 0) return undefined
  const oldest = rows.reduce((first, row) => (row.on < first ? row.on : first), today)
  return { on: oldest, base, perUnit: Object.fromEntries(rows.map((row) => [row.currency, row.per_unit])) }
}
