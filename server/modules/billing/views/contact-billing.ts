import type { BillingCustomerView, BillingLink, ContactBilling } from '#contract/billing.ts'
import type * as z from 'zod'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContact } from '#modules/customers/index.ts'
import { getCalendar } from '#modules/team/index.ts'
import { matchContact } from '../actions/propose-links.ts'
import { planNames } from '../charge-file.ts'
import { listCustomer } from '../job-names.ts'
import { readConnection } from '../store/connection.ts'
import { readReferring } from '../store/mirror-read.ts'
import { operationsOfRefunds } from '../store/operations.ts'
import { onEachAccount } from '../stripe-accounts.ts'
import { linksOf } from './link-view.ts'
import { customerObjects, type CustomerObjects } from './customer-objects.ts'
import { presentCharge, presentInvoice, presentSubscription, type PresentedWith } from './present-billing.ts'

type CustomerView = z.infer<typeof BillingCustomerView>

/** After this the pane says that it may be out of date and asks Stripe again, in a job. */
const staleAfterMinutes = 60

/** A contact's billing as the mirror has it. Stripe is never asked while somebody waits. */
export async function readContactBilling(desk: Desk, contactId: Id<'con'>): Promise<ContactBilling> {
  const contact = await readContact(desk, contactId)
  const all: ContactBilling = { customers: [], proposals: [] }
  for (const at of await onEachAccount(desk)) {
    const { customers, proposals } = await readAtAccount(at, contactId, contact.account?.id ?? null)
    all.customers.push(...customers)
    all.proposals.push(...proposals)
  }
  return all
}

async function readAtAccount(desk: Desk, contactId: Id<'con'>, account: Id<'acc'> | null): Promise<ContactBilling> {
  let links = await linksOf(desk, contactId, account)
  // Whoever is looked at for the first time, or was met before being verified, is matched now rather than within the minute.
  const isUnsure = links.every(({ state, strength }) => state === 'proposed' && strength === 'weak')
  if (isUnsure && (await matchContact(desk, contactId)) > 0) links = await linksOf(desk, contactId, account)
  const confirmed = links.filter(({ state }) => state === 'confirmed')
  return {
    customers: confirmed.length > 0 ? await readCustomers(desk, confirmed) : [],
    proposals: links.filter(({ state }) => state === 'proposed'),
  }
}

async function readCustomers(desk: Desk, links: readonly BillingLink[]): Promise<CustomerView[]> {
  const { account } = desk.ports.payments
  const objects = await customerObjects(
    desk,
    account,
    links.map(({ customer }) => customer),
  )
  const charges = [...objects.values()].flatMap((one) => one.charges)
  const around = await readReferring(
    desk,
    account,
    charges.map(({ id }) => id),
    ['refund', 'dispute'],
  )
  const operations = await operationsOfRefunds(
    desk,
    around.flatMap(({ kind, id }) => (kind === 'refund' ? [id] : [])),
  )
  const products = [...objects.values()].flatMap((one) =>
    one.subscriptions.flatMap(({ items }) => items.flatMap(({ product }) => product ?? [])),
  )
  const names = await planNames(desk, products)
  const timeZone = (await getCalendar(desk)).hours.timeZone
  const { comparedAt } = await readConnection(desk, account)
  const withAll: PresentedWith = { around, operations, names, dates: { now: desk.now().epochMilliseconds, timeZone } }
  const views = links.map((link) => presentCustomer(desk, link, objects.get(link.customer), comparedAt, withAll))
  for (const view of views) if (view.stale) await desk.enqueue(listCustomer(account, view.link.customer))
  return views
}

function presentCustomer(
  desk: Desk,
  link: BillingLink,
  objects: CustomerObjects | undefined,
  comparedAt: Temporal.Instant | null,
  withAll: PresentedWith,
): CustomerView {
  const asOf = newest(objects?.listedAt ?? null, objects?.listedAt ? comparedAt : null)
  const isOld = asOf === null || Temporal.Instant.compare(asOf, desk.now().subtract({ minutes: staleAfterMinutes })) < 0
  return {
    link,
    subscriptions: (objects?.subscriptions ?? []).map((subscription) => presentSubscription(subscription, withAll)),
    charges: (objects?.charges ?? []).map((charge) => presentCharge(charge, objects?.invoices ?? [], withAll)),
    invoices: (objects?.invoices ?? []).map((invoice) => presentInvoice(invoice, objects?.charges ?? [])),
    asOf: asOf?.toString() ?? null,
    stale: isOld || (objects?.waiting ?? false),
  }
}

function newest(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  if (!a || !b) return a ?? b
  return Temporal.Instant.compare(a, b) > 0 ? a : b
}
