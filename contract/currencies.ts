/**
 * Three exponent tables that must never be mixed: what ISO 4217 says, which currencies Stripe sends without decimals,
 * and which it sends with three. `Intl` is a fourth opinion (it shows HUF and TWD without decimals) and is asked for none.
 */

/** ISO 4217 codes one can hold, retired ones that old charges carry included; metals, units of account and test codes are left out. */
const codes = new Set(
  (
    'ANG HRK SLL AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK ' +
    'DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD ' +
    'KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR ' +
    'RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES ' +
    'VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
)

const isoExponents = new Map<string, number>([
  ...words('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...words('BHD IQD JOD KWD LYD OMR TND', 3),
  ...words('CLF UYW', 4),
])

const stripeZeroDecimal = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
const stripeThreeDecimal = new Set('BHD JOD KWD OMR TND'.split(' '))
/** No real decimals, but Stripe sends them times 100, always ending in 00: 5 ISK is 500. */
const stripeWholeTimes100 = new Set(['ISK', 'UGX'])
/** Charged with two decimals, paid out in whole units only. */
const stripeWholePayouts = new Set(['HUF', 'TWD'])

/** Smallest charge by settlement currency in ISO minor units. Published tables disagree: a default for a setting, not a constant. */
export const minimumCharges: { asOf: string; source: string; amounts: Readonly<Record<string, number>> } = {
  asOf: '2026-11-01',
  source: 'docs.stripe.com/currencies',
  amounts: {
    ...same('USD EUR CHF CAD AUD NZD SGD BRL INR', 50),
    ...same('NOK SEK', 300),
    ...same('PLN RON AED MYR', 200),
    ...same('MXN THB', 1000),
    GBP: 30,
    JPY: 50,
    DKK: 250,
    HKD: 400,
    CZK: 1500,
    HUF: 17500,
  },
}

export function isCurrency(code: string): boolean {
  return codes.has(code)
}

/** Digits after the point in ISO 4217; 2 for codes that say nothing else. */
export function isoExponent(currency: string): number {
  return isoExponents.get(currency) ?? 2
}

/** Digits after the point in the integers Stripe sends. */
export function stripeExponent(currency: string): number {
  if (stripeZeroDecimal.has(currency)) return 0
  return stripeThreeDecimal.has(currency) ? 3 : 2
}

/** Stripe amounts of this currency must be a multiple of this, in Stripe units. */
export function stripeStep(currency: string, movement: 'charge' | 'payout' = 'charge'): number {
  if (stripeThreeDecimal.has(currency)) return 10
  if (stripeWholeTimes100.has(currency)) return 100
  return movement === 'payout' && stripeWholePayouts.has(currency) ? 100 : 1
}

function words(list: string, exponent: number): [string, number][] {
  return list.split(' ').map((code) => [code, exponent])
}

function same(list: string, amount: number): Record<string, number> {
  return Object.fromEntries(list.split(' ').map((code) => [code, amount]))
}
