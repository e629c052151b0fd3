import type { Stripe } from 'stripe'
import { NotStripes } from '../oracle/conformance.ts'
import { change } from './changes.ts'
import { type Appointment, appointmentAt, appointments, cancelAppointment, type What } from './appointments.ts'
import { collect } from './collecting.ts'
import { loseUnanswered, missDeadline } from './disputing.ts'
import { retry } from './dunning.ts'
import { lapse } from './releasing.ts'
import { clockOf } from './clock-of.ts'
import { all, type Context, find, must } from './context.ts'
import { subscriptionOf } from './drafting.ts'
import type { Due } from './due.ts'
import { dueDiscounts } from './due-discounts.ts'
import { dueSchedules } from './due-schedules.ts'
import { dueResumptions, dueSubscriptions } from './due-subscriptions.ts'
import { emit } from './events.ts'
import { finalize } from './finalizing.ts'
import { endRefund } from './refunding.ts'
import { verifyTaxId } from './tax-ids.ts'
import { voidInvoice, writeOff } from './voiding.ts'

/** Nothing that happens makes something else due sooner than this, so what falls into one slice may run in one go. */
const SLICE = 3600

/**
 * Lives through everything due up to `until` (seconds) in order of time, each slice in one transaction: on a test clock, or on
 * the emulator's own. Returns how many steps ran. Throws at the end when a step was taken back because Stripe could not have
 * said what it said.
 */
export function advance(base: Context, until: number, clock: string | null = null): number {
  const stuck = new Map<string, unknown>()
  let steps = 0
  for (;;) {
    const due = dueSteps(base, until, clock).filter(({ key }) => !stuck.has(key))
    if (due.length === 0) break
    const end = (due[0]?.at ?? until) + SLICE
    base.store.transaction(() => {
      for (const step of due.filter(({ at }) => at < end)) {
        // An earlier step of the slice may have changed the object: only what is still due then is done.
        if (step.again(base)?.at !== step.at) continue
        steps += 1
        const error = failureOf(base, step)
        if (error !== undefined) stuck.set(step.key, error)
      }
    })
  }
  for (const error of stuck.values()) if (error instanceof NotStripes) throw error
  return steps
}

/** One object that cannot go on must not stop the time of all others: its step is taken back and reported. */
function failureOf(base: Context, step: Due): unknown {
  try {
    base.store.transaction(() => step.run({ ...base, now: step.at }))
    return undefined
  } catch (error) {
    process.emitWarning(`The emulated Stripe could not go on with ${step.key}: ${String(error)}`)
    return error
  }
}

function dueSteps(ctx: Context, until: number, clock: string | null): Due[] {
  const steps: (Due | undefined)[] = [
    ...dueDiscounts(ctx),
    // A phase that begins as a period ends changes what the renewal at the same moment bills.
    ...dueSchedules(ctx),
    ...dueSubscriptions(ctx),
    ...dueResumptions(ctx),
    ...all(ctx, 'invoice').map(ofInvoice),
    ...appointments(ctx).map(ofAppointment),
  ]
  return steps
    .flatMap((step) => (step !== undefined && step.at <= until ? [step] : []))
    .filter((step) => clockBehind(ctx, step) === clock)
    .sort((a, b) => a.at - b.at)
}

/** A step's key names its object, and the test clock of that is the step's. */
const clockBehind = (ctx: Context, { key }: Due): string | null =>
  key.split(' ').reduce<string | null>((found, word) => found ?? clockOf(ctx, word), null)

function ofInvoice(invoice: Stripe.Invoice): Due | undefined {
  const { id, status } = invoice
  const fresh = (ctx: Context) => must(ctx, 'invoice', id)
  const again = (ctx: Context) => ofInvoice(fresh(ctx))
  if (status === 'draft' && invoice.automatically_finalizes_at !== null) {
    return { key: id, at: invoice.automatically_finalizes_at, again, run: (ctx) => finalizeAndCollect(ctx, fresh(ctx)) }
  }
  if (status !== 'open') return undefined
  if (invoice.next_payment_attempt !== null)
    return { key: id, at: invoice.next_payment_attempt, again, run: (ctx) => retry(ctx, fresh(ctx)) }
  return undefined
}

function finalizeAndCollect(ctx: Context, draft: Stripe.Invoice): void {
  const opened = finalize(ctx, draft)
  const owner = subscriptionOf(opened)
  const pause = owner === null ? null : find(ctx, 'subscription', owner)?.pause_collection
  if (opened.status === 'open' && pause?.behavior === 'void') voidInvoice(ctx, opened)
  else if (opened.status === 'open' && pause?.behavior === 'mark_uncollectible')
    writeOff(ctx, opened, 'subscription_paused')
  else if (opened.status === 'open' && opened.collection_method === 'charge_automatically') collect(ctx, opened)
}

/** What comes at a moment fixed before. */
const KEPT: Record<What, (ctx: Context, id: string) => void> = {
  capture_limit: lapse,
  dispute_due: missDeadline,
  dispute_lost: loseUnanswered,
  invoice_due: overdue,
  refund_outcome: endRefund,
  tax_id_check: verifyTaxId,
}

function ofAppointment({ key, what, id, at }: Appointment): Due {
  const again = (ctx: Context) => {
    const still = appointmentAt(ctx, what, id)
    return still && ofAppointment(still)
  }
  const run = (ctx: Context) => {
    cancelAppointment(ctx, what, id)
    KEPT[what](ctx, id)
  }
  return { key, at, again, run }
}

/** A sent invoice that falls due is announced once, if it is still open then. */
function overdue(ctx: Context, id: string): void {
  const late = find(ctx, 'invoice', id)
  if (late?.status !== 'open') return
  emit(ctx, 'invoice.overdue', late)
  const owner = subscriptionOf(late)
  const subscription = owner === null ? undefined : find(ctx, 'subscription', owner)
  if (subscription?.status === 'active')
    change(ctx, 'subscription', subscription, { status: 'past_due' }, 'customer.subscription.updated')
}
