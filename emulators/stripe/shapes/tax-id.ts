import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

export function taxId(
  ctx: Context,
  customer: string,
  { type, value, status }: { type: string; value: string; status: string },
): Stripe.TaxId {
  return {
    id: newId('tax_id'),
    object: 'tax_id',
    country: countryOf(type, value),
    created: ctx.now,
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, customer_account: null, type: 'customer' },
    type,
    value,
    verification: { status, verified_address: null, verified_name: null },
  }
}

/** A European number names its country; all other types begin with theirs. */
function countryOf(type: string, value: string): string | null {
  if (type !== 'eu_vat') return type.slice(0, 2).toUpperCase()
  const country = /^[A-Z]{2}/.exec(value)?.[0] ?? null
  return country === 'EL' ? 'GR' : country
}
