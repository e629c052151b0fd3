import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import type { MirrorKind } from './ports.ts'
import type {
  BillingCustomerFacts,
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  InvoiceFacts,
  PriceFacts,
  RefundFacts,
  SubscriptionFacts,
} from './rules/facts.ts'
import { invoiceFacts } from './rules/mirror-invoice.ts'
import {
  billingCustomerFacts,
  chargeFacts,
  creditNoteFacts,
  disputeFacts,
  refundFacts,
  type Read,
} from './rules/mirror-object.ts'
import { priceFacts, taxRateFacts } from './rules/mirror-price.ts'
import { subscriptionFacts } from './rules/mirror-subscription.ts'
import { path } from './mirror-place.ts'
import { readObjects, readReferring, type MirroredObject } from './store/mirror-read.ts'

/** Everything the mirror knows about one charge. */
export type ChargeFile = {
  charge: ChargeFacts
  invoice?: InvoiceFacts
  subscription?: SubscriptionFacts
  customer?: BillingCustomerFacts
  refunds: RefundFacts[]
  creditNotes: CreditNoteFacts[]
  disputes: DisputeFacts[]
  creditedInvoices: InvoiceFacts[]
  /** Every attempt to collect what this charge collected, itself included. */
  attempts: ChargeFacts[]
  /** Those of the lines, with tiers and currencies as far as they are mirrored. */
  prices: PriceFacts[]
  /** Plan names by product id. */
  names: Record<string, string>
}

type AroundInvoice = Pick<ChargeFile, 'subscription' | 'creditNotes' | 'creditedInvoices' | 'prices' | 'names'>

/** Reads a charge with its invoice, subscription, refunds, credit notes and disputes; undefined when the mirror has no such charge. */
export async function readChargeFile(desk: Desk, chargeId: string): Promise<ChargeFile | undefined> {
  const { account } = desk.ports.payments
  const json = (await readObjects(desk, account, 'charge', [chargeId])).get(chargeId)
  if (!json) return undefined
  const charge = readable(chargeFacts(json))
  const around = await readReferring(
    desk,
    account,
    [chargeId, ...(charge.paymentIntent ? [charge.paymentIntent] : [])],
    ['invoice', 'charge', 'refund', 'dispute'],
  )
  const invoiceJson = around.find(({ kind }) => kind === 'invoice')?.data
  const invoice = invoiceJson ? await withRates(desk, readable(invoiceFacts(invoiceJson))) : undefined
  return {
    charge,
    ...(invoice ? { invoice } : {}),
    ...present('customer', await one(desk, 'customer', charge.customer, billingCustomerFacts)),
    refunds: only(around, 'refund').map((data) => readable(refundFacts(data))),
    disputes: only(around, 'dispute').map((data) => readable(disputeFacts(data))),
    attempts: attemptsIn(around),
    ...(await aroundInvoice(desk, invoice)),
  }
}

/** An invoice with all that explains it. */
export type InvoiceFile = AroundInvoice &
  Pick<ChargeFile, 'refunds' | 'disputes' | 'attempts'> & { invoice: InvoiceFacts }

/** Reads an invoice with its payments' charges, refunds and credit notes; undefined when the mirror has no such invoice. */
export async function readInvoiceFile(desk: Desk, invoiceId: string): Promise<InvoiceFile | undefined> {
  const { account } = desk.ports.payments
  const json = (await readObjects(desk, account, 'invoice', [invoiceId])).get(invoiceId)
  if (!json) return undefined
  const invoice = await withRates(desk, readable(invoiceFacts(json)))
  const paidBy = invoice.payments.flatMap((payment) => payment.paymentIntent ?? payment.charge ?? [])
  const around = await readReferring(desk, account, paidBy, ['charge', 'refund', 'dispute'])
  return {
    invoice,
    refunds: only(around, 'refund').map((data) => readable(refundFacts(data))),
    disputes: only(around, 'dispute').map((data) => readable(disputeFacts(data))),
    attempts: attemptsIn(around),
    ...(await aroundInvoice(desk, invoice)),
  }
}

async function aroundInvoice(desk: Desk, invoice: InvoiceFacts | undefined): Promise<AroundInvoice> {
  const { account } = desk.ports.payments
  const lines = invoice?.lines ?? []
  const notes = invoice ? await readReferring(desk, account, [invoice.id], ['credit_note']) : []
  const credited = lines.flatMap(({ credits }) => credits?.invoice ?? [])
  const creditedInvoices = [...(await readObjects(desk, account, 'invoice', credited)).values()]
  const subscription = await one(desk, 'subscription', invoice?.subscription, subscriptionFacts)
  return {
    ...present('subscription', subscription),
    creditNotes: notes.map(({ data }) => readable(creditNoteFacts(data))),
    creditedInvoices: creditedInvoices.map((data) => readable(invoiceFacts(data))),
    prices: await linePrices(
      desk,
      lines.flatMap(({ price }) => price ?? []),
      subscription,
    ),
    names: await planNames(
      desk,
      lines.flatMap(({ product }) => product ?? []),
    ),
  }
}

/** Prices read by themselves have tiers; those that are not read yet are taken from the subscription, without. */
async function linePrices(
  desk: Desk,
  ids: readonly string[],
  subscription: SubscriptionFacts | undefined,
): Promise<PriceFacts[]> {
  const objects = await readObjects(desk, desk.ports.payments.account, 'price', [...new Set(ids)])
  const read = [...objects.values()].flatMap((data) => known(priceFacts(data)))
  const other = (subscription?.items ?? []).flatMap(({ detail }) => (detail && !objects.has(detail.id) ? [detail] : []))
  return [...read, ...other]
}

/** An invoice names only its own rates, not those of its lines. */
async function withRates(desk: Desk, invoice: InvoiceFacts): Promise<InvoiceFacts> {
  const ids = invoice.taxes.flatMap(({ rate }) => (rate && !invoice.taxRates[rate] ? [rate] : []))
  const objects = await readObjects(desk, desk.ports.payments.account, 'tax_rate', [...new Set(ids)])
  const rates = [...objects.values()].flatMap((data) => known(taxRateFacts(data)))
  return { ...invoice, taxRates: { ...Object.fromEntries(rates.map((rate) => [rate.id, rate])), ...invoice.taxRates } }
}

function attemptsIn(around: readonly MirroredObject[]): ChargeFacts[] {
  return only(around, 'charge').map((data) => readable(chargeFacts(data)))
}

/** Names of products the mirror has. */
export async function planNames(desk: Desk, products: readonly string[]): Promise<Record<string, string>> {
  const objects = await readObjects(desk, desk.ports.payments.account, 'product', [...new Set(products)])
  return Object.fromEntries(
    [...objects].flatMap(([id, data]) => {
      const name = path(data, 'name')
      return typeof name === 'string' ? [[id, name]] : []
    }),
  )
}

/** Money is not moved, and nothing is explained, on facts that cannot be read. */
function readable<T>(read: Read<T>): T {
  if (read.ok) return read.facts
  throw new DeskError('policy_refused', read.sentence)
}

/** What only explains may be missing. */
function known<T>(read: Read<T>): T[] {
  return read.ok ? [read.facts] : []
}

async function one<T>(
  desk: Desk,
  kind: MirrorKind,
  id: string | undefined,
  read: (json: unknown) => Read<T>,
): Promise<T | undefined> {
  if (!id) return undefined
  const json = (await readObjects(desk, desk.ports.payments.account, kind, [id])).get(id)
  return json ? readable(read(json)) : undefined
}

function only(objects: readonly MirroredObject[], kind: MirrorKind): unknown[] {
  return objects.filter((object) => object.kind === kind).map(({ data }) => data)
}

function present<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T }
}
