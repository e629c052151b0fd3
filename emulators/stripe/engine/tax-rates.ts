import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { type Context, must } from './context.ts'

/** The tax rates with these ids, as invoices and items carry them. */
export function ratesNamed(ctx: Context, ids: string[] | null, param: string): Stripe.TaxRate[] {
  const rates = (ids ?? []).map((id) => must(ctx, 'tax_rate', id, param))
  const retired = rates.find(({ active }) => !active)
  if (retired) throw invalid(`The tax rate ${retired.id} is archived and cannot be used any more.`, param)
  if (new Set(rates.map(({ id }) => id)).size < rates.length) throw invalid('A tax rate can be given only once.', param)
  return rates
}
