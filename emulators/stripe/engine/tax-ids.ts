import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { taxId } from '../shapes/tax-id.ts'
import { appoint } from './appointments.ts'
import { change, create } from './changes.ts'
import { by, type Context, find } from './context.ts'

/** How long the authority takes to answer, in seconds of the clock. */
const ANSWER_AFTER = 3600
/** The types that authorities are asked about; all others are never verified. */
const VERIFIED = new Set(['eu_vat', 'gb_vat', 'au_abn'])
/** The values with which Stripe's test mode answers as told. */
const SAYS: Record<string, Stripe.TaxId.Verification['status']> = {
  '000000000': 'verified',
  '111111111': 'unverified',
  '222222222': 'pending',
}
const EU = 'AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI'
const FORMATS: Record<string, RegExp> = {
  eu_vat: new RegExp(`^(${EU})[0-9A-Z+*]{8,12}$`),
  gb_vat: /^GB(\d{9}|\d{12})$/,
  au_abn: /^\d{11}$/,
  us_ein: /^\d{2}-\d{7}$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} (MWST|TVA|IVA)$/,
}

/** A customer's new tax id; those that can be verified are pending until the authority has answered. */
export function addTaxId(
  ctx: Context,
  customer: Stripe.Customer,
  order: { type: string; value: string },
): Stripe.TaxId {
  const { type, value } = order
  const format = FORMATS[type]
  if (format && !(value in SAYS) && !format.test(value))
    throw invalid('Invalid value for ' + type + '.', 'value', 'tax_id_invalid')
  if (taxIdsOf(ctx, customer.id).some((other) => other.type === type && other.value === value))
    throw invalid('The customer already has this tax id.', 'value', 'resource_already_exists')
  const status = VERIFIED.has(type) ? 'pending' : 'unavailable'
  const made = create(ctx, 'tax_id', taxId(ctx, customer.id, { type, value, status }), 'customer.tax_id.created')
  if (status === 'pending') appoint(ctx, 'tax_id_check', made.id, ctx.now + ANSWER_AFTER)
  return made
}

export const taxIdsOf = (ctx: Pick<Context, 'store'>, customer: string): Stripe.TaxId[] =>
  by(ctx, 'tax_id', 'customer', customer)

/** The authority answers: what is well formed exists, unless its value says otherwise. */
export function verifyTaxId(ctx: Context, id: string, told?: 'verified' | 'unverified'): void {
  const found = find(ctx, 'tax_id', id)
  if (!found) return
  const status = told ?? SAYS[found.value] ?? 'verified'
  const name = find(ctx, 'customer', String(found.customer))?.name ?? null
  const known = status === 'verified' ? name : null
  const verification = { status, verified_address: null, verified_name: known }
  change(ctx, 'tax_id', found, { verification }, 'customer.tax_id.updated')
}
