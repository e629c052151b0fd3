import type { Desk } from '#server/desk.ts'
import type { ListFilter, MirrorKind } from '../ports.ts'
import { keepRead, nextMark, noteListed, type ReadObject } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

/** Stripe lists refunds and disputes by charge only; they are listed for the newest charges, older ones come by event. */
const newestCharges = 20

/** Reads everything of one customer: for one heard of late, and where a facts pane is out of date. */
export async function readCustomer(desk: Desk, customer: string): Promise<void> {
  const { payments } = desk.ports
  const began = desk.now()
  const mark = await nextMark(desk)
  const read: ReadObject[] = [
    { kind: 'customer', id: customer, mark, object: await payments.retrieve('customer', customer) },
  ]
  for (const kind of ['subscription', 'invoice', 'charge', 'credit_note'] as const)
    read.push(...(await listAll(desk, kind, { customer }, mark)))
  const charges = read.filter(({ kind }) => kind === 'charge').slice(0, newestCharges)
  for (const { id, object } of charges) {
    if (object?.amount_refunded) read.push(...(await listAll(desk, 'refund', { charge: id }, mark)))
    if (object?.disputed) read.push(...(await listAll(desk, 'dispute', { charge: id }, mark)))
  }
  await desk.transaction(async (tx) => {
    const kept = await keepRead(tx, payments.account, read)
    await followUp(tx, kept, { lists: false })
    await noteListed(tx, payments.account, customer, began)
  })
}

async function listAll(desk: Desk, kind: MirrorKind, filter: ListFilter, mark: number): Promise<ReadObject[]> {
  const all: ReadObject[] = []
  for (let after: string | null = null; ;) {
    const { items, next } = await desk.ports.payments.list(kind, filter, after)
    all.push(...items.map((object) => ({ kind, id: object.id, mark, object })))
    if (!next) return all
    after = next
  }
}
