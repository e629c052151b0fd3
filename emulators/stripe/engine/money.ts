/** Currencies that Stripe writes without decimals, and those with three; all others have two. */
const ZERO = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const THREE = new Set('bhd jod kwd omr tnd'.split(' '))
const OTHERS = new Set(
  'usd eur gbp chf cad aud nzd sgd hkd dkk nok sek pln ron aed czk mxn thb myr huf brl inr ils try zar isk ugx twd'.split(
    ' ',
  ),
)

export function exponent(currency: string): number {
  return ZERO.has(currency) ? 0 : THREE.has(currency) ? 3 : 2
}

/**
 * What every charged amount must be a multiple of, in minor units: networks take two of three decimals, and whole units only of
 * currencies that lost their decimals but are still written with two.
 */
export const stepOf = (currency: string): number =>
  THREE.has(currency) ? 10 : currency === 'isk' || currency === 'ugx' ? 100 : 1

export const isSupported = (currency: string) => ZERO.has(currency) || THREE.has(currency) || OTHERS.has(currency)

/** The smallest amount Stripe charges, in minor units. */
const MINIMUM: Record<string, number> = {
  usd: 50,
  eur: 50,
  chf: 50,
  cad: 50,
  aud: 50,
  nzd: 50,
  sgd: 50,
  brl: 50,
  inr: 50,
  gbp: 30,
  jpy: 50,
  dkk: 250,
  nok: 300,
  sek: 300,
  pln: 200,
  ron: 200,
  aed: 200,
  hkd: 400,
  czk: 1500,
  mxn: 1000,
  thb: 1000,
  myr: 200,
  huf: 17_500,
}
export const minimumCharge = (currency: string): number => MINIMUM[currency] ?? 50

const SIGNS: Record<string, string> = { usd: '$', eur: '€', gbp: '£', jpy: '¥' }

/** An amount in words as Stripe writes it inside messages and descriptions, e.g. `$20.00`, `¥500`. */
export function spoken(amount: number, currency: string): string {
  const digits = exponent(currency)
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const number = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  const sign = amount < 0 ? '-' : ''
  return currency in SIGNS ? `${sign}${SIGNS[currency]}${number}` : `${sign}${number} ${currency.toUpperCase()}`
}

/** What one unit costs in millionths of a US dollar, before the day's drift. */
const DOLLARS: Record<string, number> = {
  usd: 1_000_000,
  eur: 1_080_000,
  gbp: 1_270_000,
  jpy: 6_700,
  chf: 1_120_000,
  cad: 730_000,
  aud: 660_000,
}

/** The day's rate in millionths: drifts by up to 2 % so that a refund on another day costs another sum, as in life. */
function dollarsOn(currency: string, now: number): bigint {
  const base = BigInt(DOLLARS[currency] ?? 500_000)
  if (currency === 'usd') return base
  const drift = BigInt(((Math.floor(now / 86_400) * 7919) % 41) - 20)
  return base + (base * drift) / 1000n
}

/** An amount settled in another currency: minor units, and the rate Stripe would show (null when none was needed). */
export function settle(amount: number, from: string, to: string, now: number): { amount: number; rate: number | null } {
  if (from === to) return { amount, rate: null }
  const rate = (dollarsOn(from, now) * 1_000_000n) / dollarsOn(to, now)
  const scaled = BigInt(amount) * rate * 10n ** BigInt(exponent(to))
  return { amount: Number(divide(scaled, 1_000_000n * 10n ** BigInt(exponent(from)))), rate: Number(rate) / 1_000_000 }
}

/** Exact division rounded half away from zero. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  const quotient = (2n * n + d) / (2n * d)
  return negative ? -quotient : quotient
}

/** `amount × part ÷ whole` in minor units, rounded half away from zero to a multiple of the step. */
export const share = (amount: number, part: number, whole: number, step = 1): number =>
  step * Number(divide(BigInt(amount) * BigInt(part), BigInt(whole) * BigInt(step)))

/** A decimal unit price (text, minor units) times a quantity, rounded half away from zero to a multiple of the step. */
export function times(unit: string, quantity: number, step = 1): number {
  const [whole = '0', fraction = ''] = unit.split('.')
  const scaled = BigInt(whole + fraction) * BigInt(quantity)
  return step * Number(divide(scaled, 10n ** BigInt(fraction.length) * BigInt(step)))
}
