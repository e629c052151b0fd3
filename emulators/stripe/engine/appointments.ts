import type { Context } from './context.ts'

/** What the clock does to one object at a moment that was fixed before. */
export type What = 'capture_limit' | 'dispute_due' | 'dispute_lost' | 'invoice_due' | 'refund_outcome' | 'tax_id_check'
export type Appointment = { key: string; what: What; id: string; at: number }

const KIND = 'stripe.appointment'
const keyOf = (what: What, id: string) => `${what} ${id}`

/** Fixes a moment (seconds) for an object; a second one of the same sort replaces the first. */
export function appoint(ctx: Context, what: What, id: string, at: number): void {
  const key = keyOf(what, id)
  ctx.store.put(KIND, key, { key, what, id, at } satisfies Appointment)
}

export const appointments = (ctx: Context): Appointment[] => ctx.store.list<Appointment>(KIND)

export const appointmentAt = (ctx: Context, what: What, id: string): Appointment | undefined =>
  ctx.store.get<Appointment>(KIND, keyOf(what, id))

export const cancelAppointment = (ctx: Context, what: What, id: string): void => ctx.store.remove(KIND, keyOf(what, id))
