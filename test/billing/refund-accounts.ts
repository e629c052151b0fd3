import { expect } from 'vitest'
import { idOf } from '#platform/ids.ts'
import type { Books } from './stripe-world.ts'

/** Where the accounts are read: Stripe's books of a charge, and the desk's database. */
export type Accounts = {
  books(charge: string): Promise<Books>
  query<T>(text: string, values: unknown[]): Promise<T[]>
}

const gone = new Set(['failed', 'canceled'])
const total = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)

/** By Stripe's own books: what went back, was credited and is disputed is never more than what was paid. */
export async function within(desk: Accounts, charge: string): Promise<void> {
  const { paid, refunded, credited, disputed } = await desk.books(charge)
  expect(refunded + credited + disputed, 'refunds, credits and disputes').toBeLessThanOrEqual(paid)
}

/** What this desk has promised of a charge, with what it knows to be moved, credited and disputed; minor units. */
export async function promised(desk: Accounts, charge: string): Promise<number> {
  const { invoice } = await desk.books(charge)
  const mirror = await readMirror(desk, charge, invoice)
  const refunds = new Set(mirror.refunds.map(({ id }) => id))
  const shown = new Set([
    ...mirror.refunds.map(({ operation }) => operation),
    ...mirror.notes.filter((note) => note.refunds.every((id) => refunds.has(id))).map(({ operation }) => operation),
  ])
  const open = (await readOperations(desk, charge)).filter(
    ({ id, state }) =>
      ['awaiting_approval', 'queued', 'running', 'verifying', 'unknown'].includes(state) && !shown.has(id),
  )
  return (
    total(open.map(({ amount }) => amount)) +
    total(mirror.refunds.filter(({ status }) => !gone.has(status)).map(({ amount }) => amount)) +
    total(mirror.notes.map(({ credited }) => credited)) +
    total(mirror.disputes.filter(({ status }) => !status.startsWith('warning_')).map(({ amount }) => amount))
  )
}

/** Once all is at rest: operations, ledger, mirror and Stripe's books say the same to the cent, and nothing happened twice. */
export async function reconcile(
  desk: Accounts,
  charge: string,
): Promise<{ ordered: number; done: number; moved: number }> {
  const books = await desk.books(charge)
  const operations = await readOperations(desk, charge)
  for (const { id, state, amount } of operations) {
    const made = ownRefunds(books, id)
    expect(['done', 'failed'], id).toContain(state)
    expect(made.length, `refunds of ${id}`).toBeLessThanOrEqual(1)
    const standing = made.filter(({ status }) => !gone.has(status))
    expect(
      standing.map((refund) => refund.amount),
      `${id}, ${state}`,
    ).toEqual(state === 'done' ? [amount] : [])
  }
  const done = operations.filter(({ state }) => state === 'done')
  const ledger = await readLedger(desk, charge)
  expect(ledger.made - ledger.cameBack, 'the ledger').toBe(total(done.map(({ amount }) => amount)))
  expect(ledger.twice, 'operations told of twice').toEqual([])

  const mirror = await readMirror(desk, charge, books.invoice)
  const bare = ({ id, amount, status }: { id: string; amount: number; status: string }) => ({ id, amount, status })
  const sorted = (list: { id: string; amount: number; status: string }[]) =>
    list.map(bare).sort((a, b) => a.id.localeCompare(b.id))
  expect(sorted(mirror.refunds)).toEqual(sorted(books.refunds))
  expect(sorted(mirror.disputes)).toEqual(sorted(books.disputes))
  expect(total(mirror.notes.map(({ credited }) => credited))).toBe(books.credited)
  expect(mirror.refunded).toBe(books.refunded)
  return { ordered: operations.length, done: done.length, moved: books.refunded }
}

/** A refund carries its operation's id itself, or the credit note that made it does. */
function ownRefunds({ refunds, creditNotes }: Books, operation: string): Books['refunds'] {
  const notes = new Set(creditNotes.filter(({ metadata }) => metadata.operation_id === operation).map(({ id }) => id))
  return refunds.filter(
    ({ metadata, creditNote }) => metadata.operation_id === operation || (creditNote !== null && notes.has(creditNote)),
  )
}

async function readOperations(desk: Accounts, charge: string) {
  const rows = await desk.query<{ id: string; state: string; amount: number }>(
    `select id, state, (money ->> 'amount')::int as amount from operations where charge = $1 order by created_at, id`,
    [charge],
  )
  return rows.map((row) => ({ ...row, id: idOf('op', row.id) as string }))
}

async function readLedger(desk: Accounts, charge: string) {
  const rows = await desk.query<{ type: string; times: number; amount: number; id: string }>(
    `select e.type, count(*)::int as times, (o.money ->> 'amount')::int as amount, o.id
     from events e join operations o on o.id = e.operation_id
     where o.charge = $1 and e.type in ('refund.made', 'refund.failed') group by e.type, o.id`,
    [charge],
  )
  const sum = (type: string) =>
    total(rows.filter((row) => row.type === type).map(({ amount, times }) => amount * times))
  return {
    made: sum('refund.made'),
    cameBack: sum('refund.failed'),
    twice: rows.filter(({ times }) => times > 1),
  }
}

type Mirrored = { id: string; kind: string; data: Record<string, never> }

async function readMirror(desk: Accounts, charge: string, invoice: string | null) {
  const rows = await desk.query<Mirrored>(
    `select id, kind, data from mirror_objects where data is not null and (id = $1
       or kind in ('refund', 'dispute') and data ->> 'charge' = $1 or kind = 'credit_note' and data ->> 'invoice' = $2)`,
    [charge, invoice],
  )
  const of = <T>(kind: string, read: (data: Stripes, id: string) => T) =>
    rows.filter((row) => row.kind === kind).map(({ data, id }) => read(data as unknown as Stripes, id))
  return {
    refunded: of('charge', ({ amount_refunded }) => amount_refunded)[0],
    refunds: of('refund', ({ amount, status, metadata }, id) => ({
      id,
      amount,
      status,
      operation: metadata.operation_id,
    })),
    disputes: of('dispute', ({ amount, status }, id) => ({ id, amount, status })),
    notes: of('credit_note', ({ metadata, refunds, post_payment_amount }) => ({
      operation: metadata.operation_id,
      refunds: refunds.map(({ refund }) => refund),
      credited: post_payment_amount - total(refunds.map(({ amount_refunded }) => amount_refunded)),
    })),
  }
}

/** The fields of Stripe's objects that are looked at. */
type Stripes = {
  amount: number
  amount_refunded: number
  status: string
  metadata: Record<string, string>
  refunds: { refund: string; amount_refunded: number }[]
  post_payment_amount: number
}
