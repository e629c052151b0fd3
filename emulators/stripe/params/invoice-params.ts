import type { Stripe } from 'stripe'
import { mergeMetadata } from '../engine/changes.ts'
import { type Context, must } from '../engine/context.ts'
import { DRAFT_WAIT } from '../engine/drafting.ts'
import { ratesNamed } from '../engine/tax-rates.ts'
import { invalid } from '../http/errors.ts'
import * as p from '../http/params.ts'

const text = p.clearable(p.string())

/** What creating and updating an invoice have in common. */
export const invoiceParams = {
  auto_advance: p.boolean,
  automatically_finalizes_at: p.integer(0),
  collection_method: p.oneOf('charge_automatically', 'send_invoice'),
  custom_fields: p.clearable(p.list(p.object({ name: p.needed(p.string(40)), value: p.needed(p.string(140)) }))),
  days_until_due: p.integer(0),
  default_payment_method: p.string(),
  default_tax_rates: p.clearable(p.list(p.string())),
  description: p.clearable(p.string(1500)),
  due_date: p.integer(0),
  effective_at: p.integer(0),
  footer: text,
  metadata: p.metadata,
  number: p.string(26),
  payment_settings: p.object({ payment_method_types: p.clearable(p.list(p.literal('card'))) }),
  rendering: p.object({
    amount_tax_display: p.clearable(p.oneOf('exclude_tax', 'include_inclusive_tax')),
    pdf: p.object({ page_size: p.oneOf('a4', 'auto', 'letter') }),
  }),
  shipping_details: p.clearable(
    p.object({
      address: p.needed(
        p.object({ city: text, country: text, line1: text, line2: text, postal_code: text, state: text }),
      ),
      name: p.needed(p.string()),
      phone: text,
    }),
  ),
  statement_descriptor: p.string(22),
}
export type InvoiceGiven = Partial<p.Values<typeof invoiceParams>>

const NO_RENDERING = { amount_tax_display: null, pdf: null, template: null, template_version: null }

/** The fields of an invoice that these parameters set. Refuses what contradicts itself or the collection method. */
export function invoicePatch(
  ctx: Context,
  {
    days_until_due: days,
    default_tax_rates: rates,
    metadata,
    payment_settings,
    rendering,
    shipping_details: ship,
    ...given
  }: InvoiceGiven,
  before: Stripe.Invoice | undefined,
): Partial<Stripe.Invoice> {
  if ((given.custom_fields?.length ?? 0) > 4)
    throw invalid('You can only specify up to 4 custom fields.', 'custom_fields')
  if (given.default_payment_method !== undefined)
    must(ctx, 'payment_method', given.default_payment_method, 'default_payment_method')
  refuseTakenNumber(ctx, given.number, before)
  const due_date = dueDate(ctx, given, days, before)
  return {
    ...given,
    ...(due_date === undefined ? {} : { due_date }),
    ...(given.collection_method === 'charge_automatically' ? { due_date: null } : {}),
    ...(rates === undefined ? {} : { default_tax_rates: ratesNamed(ctx, rates, 'default_tax_rates') }),
    ...schedule(ctx, given, before),
    ...(payment_settings === undefined
      ? {}
      : { payment_settings: { ...NO_SETTINGS, payment_method_types: payment_settings.payment_method_types ?? null } }),
    ...(rendering === undefined
      ? {}
      : { rendering: { ...NO_RENDERING, ...before?.rendering, ...rendering, pdf: pageOf(rendering.pdf) } }),
    ...(ship === undefined ? {} : { shipping_details: ship as Stripe.Invoice.ShippingDetails | null }),
    metadata: mergeMetadata(before?.metadata ?? {}, metadata),
  }
}

const NO_SETTINGS = { default_mandate: null, payment_method_options: null }
const pageOf = (pdf: { page_size?: string } | undefined) => (pdf ? { page_size: pdf.page_size ?? null } : null)

function dueDate(
  ctx: Context,
  given: { collection_method?: string; due_date?: number },
  days: number | undefined,
  before: Stripe.Invoice | undefined,
): number | undefined {
  const sends = (given.collection_method ?? before?.collection_method) === 'send_invoice'
  if (days !== undefined && given.due_date !== undefined)
    throw invalid(
      'You may only specify one of these parameters: days_until_due, due_date.',
      'due_date',
      'parameters_exclusive',
    )
  const asked = days === undefined ? given.due_date : (before?.created ?? ctx.now) + days * 86_400
  if (asked !== undefined && !sends)
    throw invalid(
      '`days_until_due` and `due_date` can only be set when `collection_method` is `send_invoice`.',
      given.due_date === undefined ? 'days_until_due' : 'due_date',
    )
  if (given.due_date !== undefined && given.due_date <= ctx.now)
    throw invalid('The due date must be in the future.', 'due_date')
  if (sends && asked === undefined && before?.due_date == null)
    throw invalid(
      'You must pass `days_until_due` or `due_date` when `collection_method` is `send_invoice`.',
      'days_until_due',
    )
  return asked
}

/** Automatic advancement: a draft is finalised, an open invoice is collected, both by the clock. */
function schedule(
  ctx: Context,
  given: { auto_advance?: boolean; automatically_finalizes_at?: number },
  before: Stripe.Invoice | undefined,
): Partial<Stripe.Invoice> {
  const { auto_advance: auto, automatically_finalizes_at: at } = given
  if (at !== undefined && at <= ctx.now)
    throw invalid('The time of automatic finalization must be in the future.', 'automatically_finalizes_at')
  if (at !== undefined) return { automatically_finalizes_at: at, auto_advance: true }
  if (auto === undefined) return {}
  if (before === undefined || before.status === 'draft')
    return { automatically_finalizes_at: auto ? ctx.now + DRAFT_WAIT : null }
  if (before.status !== 'open' || before.collection_method !== 'charge_automatically') return {}
  return { next_payment_attempt: auto ? (before.next_payment_attempt ?? ctx.now + DRAFT_WAIT) : null }
}

function refuseTakenNumber(ctx: Context, number: string | undefined, before: Stripe.Invoice | undefined): void {
  if (number === undefined || before?.number === number) return
  const taken = ctx.store.by<Stripe.Invoice>('stripe.invoice', 'number', number).length > 0
  if (taken) throw invalid(`An invoice with the number ${number} already exists.`, 'number')
}
