import type { Stripe } from 'stripe'
import { cancelSubscription } from '../engine/canceling.ts'
import { mergeMetadata } from '../engine/changes.ts'
import { all, by, type Context, idOf, must } from '../engine/context.ts'
import { pauseSubscription, resumeSubscription } from '../engine/pausing.ts'
import { changeSubscription } from '../engine/subscription-change.ts'
import { subscribe } from '../engine/subscribing.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import {
  cancellationDetails,
  itemParams,
  subscriptionGiven,
  subscriptionParams,
} from '../params/subscription-params.ts'
import { live } from './customers.ts'

export const subscriptions = [
  endpoint(
    'POST',
    '/v1/subscriptions',
    {
      ...subscriptionParams,
      billing_cycle_anchor: p.integer(0),
      billing_mode: p.object({ type: p.needed(p.oneOf('classic', 'flexible')) }),
      currency: p.currency,
      customer: p.needed(p.string()),
      items: p.needed(p.list(p.object(itemParams))),
      trial_period_days: p.integer(1),
    },
    (ctx, params) => {
      const customer = live(ctx, params.customer, 'customer')
      if (params.trial_period_days !== undefined && params.trial_end !== undefined)
        throw invalid(
          'You may only specify one of these parameters: trial_end, trial_period_days.',
          'trial_end',
          'parameters_exclusive',
        )
      if (params.billing_cycle_anchor !== undefined && (params.trial_end ?? params.trial_period_days) !== undefined)
        throw invalid('A trial together with a billing cycle anchor is not emulated.', 'billing_cycle_anchor')
      const classic =
        params.billing_mode?.type === 'classic' ? { billing_mode: { type: 'classic' as const, flexible: null } } : {}
      const days = params.trial_period_days
      const until = days === undefined ? params.trial_end : ctx.now + days * 86_400
      const made = subscribe(ctx, {
        customer: customer.id,
        items: params.items,
        discounts: params.discounts,
        currency: params.currency,
        metadata: params.metadata,
        payment_behavior: params.payment_behavior,
        anchor: params.billing_cycle_anchor,
        proration_behavior: params.proration_behavior,
        trialEnd: typeof until === 'number' && until > ctx.now ? until : undefined,
        given: { ...subscriptionGiven(ctx, params, customer.id), ...classic },
      })
      keepCancelPlan(ctx, made.id, params)
      return made
    },
  ),
  endpoint(
    'GET',
    '/v1/subscriptions',
    {
      ...paging,
      collection_method: subscriptionParams.collection_method,
      created: p.range,
      customer: p.string(),
      price: p.string(),
      test_clock: p.string(),
      status: p.oneOf(
        'active',
        'all',
        'canceled',
        'ended',
        'incomplete',
        'incomplete_expired',
        'past_due',
        'paused',
        'trialing',
        'unpaid',
      ),
    },
    (ctx, params) => {
      const found =
        params.customer === undefined ? all(ctx, 'subscription') : by(ctx, 'subscription', 'customer', params.customer)
      const fitting = found.filter(
        (sub) =>
          wanted(sub.status, params.status) &&
          (params.test_clock === undefined
            ? params.customer !== undefined || sub.test_clock === null
            : sub.test_clock === params.test_clock) &&
          (params.price === undefined || sub.items.data.some(({ price }) => price.id === params.price)) &&
          (params.collection_method === undefined || sub.collection_method === params.collection_method) &&
          within(sub.created, params.created),
      )
      return page(fitting, params, '/v1/subscriptions')
    },
  ),
  endpoint('GET', '/v1/subscriptions/:id', {}, (ctx, _, { id }) => must(ctx, 'subscription', id)),
  endpoint(
    'POST',
    '/v1/subscriptions/:id',
    {
      ...subscriptionParams,
      billing_cycle_anchor: p.object({ type: p.needed(p.oneOf('now', 'unchanged')) }),
      cancellation_details: cancellationDetails,
      items: p.list(p.object({ ...itemParams, id: p.string(), deleted: p.boolean })),
      pause_collection: p.clearable(
        p.object({
          behavior: p.needed(p.oneOf('keep_as_draft', 'mark_uncollectible', 'void')),
          resumes_at: p.integer(0),
        }),
      ),
      payment_behavior: p.oneOf(
        'allow_incomplete',
        'default_incomplete',
        'error_if_incomplete',
        'pending_if_incomplete',
      ),
      proration_date: p.integer(0),
    },
    (ctx, params, { id }) => {
      const before = must(ctx, 'subscription', id)
      if (params.payment_behavior === 'pending_if_incomplete') refuseUnheld(params)
      refuseScheduledEnd(before, params)
      keepCancelPlan(ctx, id, params)
      const {
        items,
        discounts,
        proration_behavior,
        proration_date,
        payment_behavior,
        metadata,
        pause_collection: pause,
        cancellation_details: why,
      } = params
      const given = subscriptionGiven(ctx, { ...params, payment_behavior: undefined }, String(before.customer), before)
      const none = { comment: null, feedback: null, feedback_option: null, reason: null }
      return changeSubscription(ctx, before, {
        items,
        discounts,
        proration_behavior,
        proration_date,
        payment_behavior,
        restart: params.billing_cycle_anchor?.type === 'now',
        endTrial: params.trial_end === 'now' && before.status === 'trialing',
        trialUntil: trialUntil(ctx, before, params.trial_end),
        given: {
          ...given,
          ...(pause === undefined
            ? {}
            : { pause_collection: pause && { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null } }),
          ...(why === undefined
            ? {}
            : {
                cancellation_details: {
                  ...none,
                  ...before.cancellation_details,
                  ...given.cancellation_details,
                  ...why,
                },
              }),
          metadata: mergeMetadata(before.metadata, metadata),
        },
      })
    },
  ),
  endpoint(
    'POST',
    '/v1/subscriptions/:id/pause',
    {
      bill_for: p.object({
        outstanding_usage_through: p.object({ type: p.needed(p.oneOf('none', 'now')) }),
        unused_time_from: p.object({ type: p.needed(p.oneOf('item_current_period_start', 'none', 'now')) }),
      }),
      invoicing_behavior: p.oneOf('invoice', 'pending_invoice_item'),
      type: p.literal('subscription'),
    },
    (ctx, params, { id }) =>
      pauseSubscription(ctx, must(ctx, 'subscription', id), {
        outstanding_usage_through: params.bill_for?.outstanding_usage_through?.type,
        unused_time_from: params.bill_for?.unused_time_from?.type,
        invoicing_behavior: params.invoicing_behavior,
      }),
  ),
  endpoint(
    'POST',
    '/v1/subscriptions/:id/resume',
    {
      billing_cycle_anchor: p.object({ type: p.needed(p.oneOf('now', 'unchanged')) }),
      payment_behavior: p.oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
      proration_behavior: subscriptionParams.proration_behavior,
      proration_date: p.integer(0),
    },
    (ctx, params, { id }) => resumeSubscription(ctx, must(ctx, 'subscription', id), params),
  ),
  endpoint(
    'DELETE',
    '/v1/subscriptions/:id',
    { cancellation_details: cancellationDetails, invoice_now: p.boolean, prorate: p.boolean },
    (ctx, params, { id }) => {
      const before = must(ctx, 'subscription', id)
      if (before.status === 'canceled') throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing')
      return cancelSubscription(ctx, before, {
        prorate: params.prorate,
        invoice_now: params.invoice_now,
        details: params.cancellation_details,
      })
    },
  ),
]

/** What a change that may have to wait for its payment can contain. */
const HOLDABLE = [
  'billing_cycle_anchor',
  'discounts',
  'items',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'trial_end',
]

function refuseUnheld(params: object): void {
  const other = Object.keys(params).find((name) => !HOLDABLE.includes(name))
  if (other !== undefined)
    throw invalid(`When payment_behavior is pending_if_incomplete, you cannot pass ${other}.`, other)
}

/** Only the schedule says when its subscription ends. */
function refuseScheduledEnd({ schedule }: Stripe.Subscription, params: object): void {
  const name = ['cancel_at', 'cancel_at_period_end'].find((param) => param in params)
  if (schedule === null || name === undefined) return
  const words = `The subscription is managed by the subscription schedule \`${idOf(schedule)}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`
  throw invalid(words, name)
}

/** Whether a planned end inside a period will give the rest of it back. */
function keepCancelPlan(ctx: Context, id: string, params: { cancel_at?: number | null; proration_behavior?: string }) {
  if (typeof params.cancel_at === 'number')
    ctx.store.put('stripe.cancel_plan', id, { id, prorate: params.proration_behavior !== 'none' })
}

function trialUntil(ctx: Context, before: Stripe.Subscription, end: number | 'now' | undefined): number | undefined {
  if (typeof end !== 'number' || end === before.trial_end) return undefined
  if (end > ctx.now) return end
  throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end')
}

/** Without a status Stripe lists everything that has not been cancelled. */
function wanted(status: string, asked: string | undefined): boolean {
  if (asked === undefined) return status !== 'canceled' && status !== 'incomplete_expired'
  if (asked === 'all') return true
  if (asked === 'ended') return status === 'canceled' || status === 'incomplete_expired'
  return status === asked
}
