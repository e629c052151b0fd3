import type { Desk } from '#server/desk.ts'
import { idIn, path } from '../mirror-place.ts'
import type { ListFilter, MirrorKind } from '../ports.ts'
import { keepRead, nextMark, type ReadObject } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

/** Reads a charge and everything that decides about it from Stripe itself, into the mirror. False when Stripe has no such charge. */
export async function refreshCharge(desk: Desk, chargeId: string): Promise<boolean> {
  const { payments } = desk.ports
  const mark = await nextMark(desk)
  const charge = await payments.retrieve('charge', chargeId)
  if (!charge) return false
  const one = async (kind: MirrorKind, id: string | null): Promise<ReadObject[]> =>
    id ? [{ kind, id, mark, object: await payments.retrieve(kind, id) }] : []
  const many = async (kind: MirrorKind, filter: ListFilter): Promise<ReadObject[]> => {
    const { items } = await payments.list(kind, filter, null)
    return items.map((object) => ({ kind, id: object.id, mark, object }))
  }
  const ofInvoice = async (): Promise<ReadObject[]> => {
    const intent = idIn(charge.payment_intent)
    const id = intent && (await payments.invoicePaidBy(intent))
    if (!id) return []
    const [[invoice], notes] = await Promise.all([one('invoice', id), many('credit_note', { invoice: id })])
    const subscription = idIn(path(invoice?.object, 'parent', 'subscription_details', 'subscription'))
    return [...(invoice ? [invoice] : []), ...notes, ...(await one('subscription', subscription))]
  }
  const around = await Promise.all([
    one('customer', idIn(charge.customer)),
    many('refund', { charge: chargeId }),
    many('dispute', { charge: chargeId }),
    ofInvoice(),
  ])
  const read: ReadObject[] = [{ kind: 'charge', id: chargeId, mark, object: charge }, ...around.flat()]
  await desk.transaction(async (tx) => followUp(tx, await keepRead(tx, payments.account, read), { lists: true }))
  return true
}

/** The charge that paid an invoice, read from Stripe; null when none did. */
export async function chargeOfInvoice(desk: Desk, invoiceId: string): Promise<string | null | undefined> {
  const { payments } = desk.ports
  const invoice = await payments.retrieve('invoice', invoiceId)
  if (!invoice) return undefined
  const entries = path(invoice, 'payments', 'data')
  const paid = (Array.isArray(entries) ? entries : []).filter((entry) => path(entry, 'status') === 'paid')
  for (const entry of paid.toReversed()) {
    const direct = idIn(path(entry, 'payment', 'charge'))
    if (direct) return direct
    const paymentIntent = idIn(path(entry, 'payment', 'payment_intent'))
    if (!paymentIntent) continue
    const { items } = await payments.list('charge', { paymentIntent }, null)
    const charge = items.find((item) => item.status === 'succeeded')
    if (charge) return charge.id
  }
  return null
}
