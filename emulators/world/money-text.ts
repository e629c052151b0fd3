const noDecimals = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const threeDecimals = new Set('bhd jod kwd omr tnd'.split(' '))

/** Digits behind the point in Stripe's minor units of a currency (lower case), by Stripe's own lists. */
export function stripeDecimals(currency: string): number {
  const code = currency.toLowerCase()
  return noDecimals.has(code) ? 0 : threeDecimals.has(code) ? 3 : 2
}

/** `-1,234.50 USD` from -123450 minor units; digits are moved, never divided. */
export function moneyText(amount: number, currency: string): string {
  const decimals = stripeDecimals(currency)
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = decimals === 0 ? '' : `.${digits.slice(-decimals)}`
  return `${amount < 0 ? '-' : ''}${whole}${rest} ${currency.toUpperCase()}`
}

/** Minor units of an amount a person typed (`49`, `49.5`, `1,234.50`); undefined when it is no such amount. */
export function parseMoney(text: string, currency: string): number | undefined {
  const decimals = stripeDecimals(currency)
  const match = /^(\d{1,12})(?:\.(\d{1,3}))?$/.exec(text.replaceAll(',', '').trim())
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > decimals) return undefined
  return Number(`${match[1]}${fraction.padEnd(decimals, '0')}`)
}
