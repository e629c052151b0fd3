import type { Stripe } from 'stripe'
import { cancelSubscription } from './canceling.ts'
import { change } from './changes.ts'
import { all, type Context, find, must } from './context.ts'
import type { Due } from './due.ts'
import { emit } from './events.ts'
import { WAITING, type Waiting } from './pending-updates.ts'
import { periodEnd, renew } from './renewing.ts'
import type { Resumption } from './resumption.ts'
import { voidInvoice } from './voiding.ts'

const FIRST_PAYMENT_LIMIT = 23 * 3600
const NOTICE = 3 * 86_400
const LIVE = ['active', 'trialing', 'past_due', 'unpaid']

type Step = { at: number; run(ctx: Context, subscription: Stripe.Subscription): void }

/** Everything time brings to subscriptions: renewals, ends of trials and their announcement, planned ends, expiries. */
export function dueSubscriptions(ctx: Context): Due[] {
  return all(ctx, 'subscription').flatMap((subscription) =>
    Object.entries(stepsOf(ctx, subscription)).flatMap(([name, step]) =>
      step ? [dueOf(subscription.id, name, step)] : [],
    ),
  )
}

function dueOf(id: string, name: string, { at, run }: Step): Due {
  return {
    key: `${id} ${name}`,
    at,
    again(ctx) {
      const step = stepsOf(ctx, must(ctx, 'subscription', id))[name]
      return step && dueOf(id, name, step)
    },
    run: (ctx) => run(ctx, must(ctx, 'subscription', id)),
  }
}

function stepsOf(ctx: Context, subscription: Stripe.Subscription): Record<string, Step | undefined> {
  const { status, created, cancel_at, pause_collection: pause, pending_update: pending } = subscription
  const update = pending ? { at: pending.expires_at, run: dropPendingUpdate } : undefined
  const cancels = cancel_at !== null && !subscription.cancel_at_period_end
  if (status === 'incomplete') return { expires: { at: created + FIRST_PAYMENT_LIMIT, run: expire } }
  if (status === 'paused') return { cancels: cancels ? { at: cancel_at, run: cancelAsPlanned } : undefined }
  if (!LIVE.includes(status)) return {}
  const end = periodEnd(subscription)
  return {
    notice: trialNotice(ctx, subscription),
    update,
    resumes: pause?.resumes_at == null ? undefined : { at: pause.resumes_at, run: resumeCollection },
    ...(cancels && cancel_at <= end
      ? { cancels: { at: cancel_at, run: cancelAsPlanned } }
      : { renews: { at: end, run: renew } }),
  }
}

/** The end of a trial is announced three days before, or at once when it is sooner; announced once for each end. */
function trialNotice(ctx: Context, subscription: Stripe.Subscription): Step | undefined {
  const { id, status, trial_end, trial_start } = subscription
  if (status !== 'trialing' || trial_end === null) return undefined
  if (ctx.store.get<{ trial_end: number }>('stripe.trial_notice', id)?.trial_end === trial_end) return undefined
  return {
    at: Math.max(trial_end - NOTICE, trial_start ?? 0),
    run(now) {
      now.store.put('stripe.trial_notice', id, { id, trial_end })
      emit(now, 'customer.subscription.trial_will_end', must(now, 'subscription', id))
    },
  }
}

function expire(ctx: Context, subscription: Stripe.Subscription): void {
  const invoice = find(ctx, 'invoice', String(subscription.latest_invoice))
  if (invoice?.status === 'open') voidInvoice(ctx, invoice)
  const patch = { status: 'incomplete_expired', ended_at: ctx.now } as const
  change(ctx, 'subscription', must(ctx, 'subscription', subscription.id), patch, 'customer.subscription.updated')
}

function resumeCollection(ctx: Context, subscription: Stripe.Subscription): void {
  change(ctx, 'subscription', subscription, { pause_collection: null }, 'customer.subscription.updated')
}

/** What is left of the period is credited when the subscription ends, unless its end was planned without prorations. */
function cancelAsPlanned(ctx: Context, subscription: Stripe.Subscription): void {
  const { id, status } = subscription
  const plan = ctx.store.get<{ prorate: boolean }>('stripe.cancel_plan', id)
  cancelSubscription(ctx, subscription, { invoice_now: true, prorate: plan?.prorate !== false && status === 'active' })
}

/** Nobody paid in time: the change is forgotten and its invoice voided. */
function dropPendingUpdate(ctx: Context, subscription: Stripe.Subscription): void {
  const waiting = ctx.store.get<Waiting>(WAITING, subscription.id)
  ctx.store.remove(WAITING, subscription.id)
  const invoice = find(ctx, 'invoice', waiting?.invoice ?? '')
  if (invoice?.status === 'open') voidInvoice(ctx, invoice)
  const latest = must(ctx, 'subscription', subscription.id)
  const after = change(ctx, 'subscription', latest, { pending_update: null }, 'customer.subscription.updated')
  emit(ctx, 'customer.subscription.pending_update_expired', after)
}

/** A resumption nobody paid for within 23 hours: its invoice is voided and the pause goes on. */
export function dueResumptions(ctx: Context): Due[] {
  return ctx.store.list<Resumption>('stripe.resumption').map(({ id, at }) => ({
    key: `${id} resumption`,
    at,
    again: (now) => dueResumptions(now).find(({ key }) => key === `${id} resumption`),
    run(now) {
      now.store.remove('stripe.resumption', id)
      const invoice = find(now, 'invoice', id)
      if (invoice?.status === 'open') voidInvoice(now, invoice)
    },
  }))
}
