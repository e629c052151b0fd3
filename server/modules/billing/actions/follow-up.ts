import type { Desk } from '#server/desk.ts'
import type { Id } from '#contract/ids.ts'
import { listCustomer, matchCustomers, wakeMirror } from '../job-names.ts'
import { isCutShort, neighboursOf, placeOf } from '../mirror-place.ts'
import type { StripeObject } from '../ports.ts'
import { readConnection } from '../store/connection.ts'
import { contactsOfCustomers } from '../store/links.ts'
import { hintObjects, hintUnknown, noteListed, type ReadObject } from '../store/mirror.ts'
import { saveRates } from '../store/rates.ts'
import { noteFailedRefunds } from './note-failed-refunds.ts'

type Kept = ReadObject & { isNew: boolean }
type KeptObject = Kept & { object: StripeObject }

/**
 * What follows from objects that were just read: holes are filled, day rates kept, customers matched with contacts, refunds of
 * ours that failed told of. `lists` says that customers seen for the first time are to be listed whole.
 */
export async function followUp(desk: Desk, kept: readonly Kept[], options: { lists: boolean }): Promise<void> {
  const found = kept.filter((one): one is KeptObject => one.object !== null)
  if (found.length === 0) return
  const { account } = desk.ports.payments
  const holes = await hintUnknown(
    desk,
    account,
    found.flatMap(({ kind, object }) => neighboursOf(kind, object)),
  )
  const cutShort = found.filter(({ kind, object }) => isCutShort(kind, object))
  await hintObjects(
    desk,
    account,
    cutShort.map(({ kind, id }) => ({ kind, id })),
  )
  if (holes + cutShort.length > 0) await desk.enqueue(wakeMirror(account))
  await saveRates(
    desk,
    found.flatMap(({ kind, object }) => (kind === 'charge' ? [object] : [])),
  )
  const customers = found.filter(({ kind, object }) => kind === 'customer' && object.deleted !== true)
  if (customers.length > 0)
    await desk.enqueue(
      matchCustomers(
        account,
        customers.map(({ id }) => id),
      ),
    )
  if (options.lists) await listNewcomers(desk, customers)
  await noteFailedRefunds(
    desk,
    found.flatMap(({ kind, object }) => (kind === 'refund' ? [object] : [])),
  )
  await tellContacts(desk, found)
}

/** Of a customer who is older than we have listened, everything is listed; a new one has nothing we did not hear of. */
async function listNewcomers(desk: Desk, customers: readonly KeptObject[]): Promise<void> {
  const { account } = desk.ports.payments
  const newcomers = customers.filter(({ isNew }) => isNew)
  if (newcomers.length === 0) return
  const { backfill } = await readConnection(desk, account)
  if (backfill && !backfill.done) return
  const heardOf = desk.now().subtract({ hours: 1 }).epochMilliseconds / 1000
  for (const { id, object } of newcomers) {
    if (Number(object.created) > heardOf) await noteListed(desk, account, id, desk.now())
    else await desk.enqueue(listCustomer(account, id))
  }
}

/** Open facts panes of these contacts have something new to show. */
async function tellContacts(desk: Desk, found: readonly KeptObject[]): Promise<void> {
  const customers = [...new Set(found.flatMap(({ kind, object }) => placeOf(kind, object).customerId ?? []))]
  const contacts = await contactsOfCustomers(desk, desk.ports.payments.account, customers)
  const events = contacts.map((contactId: Id<'con'>) => ({ type: 'billing.changed', contactId }))
  if (events.length > 0) await desk.emit(...events)
}
