import type { Stripe } from 'stripe'
import { type Context, must } from '../engine/context.ts'
import { invalid } from '../http/errors.ts'
import type { SessionGiven } from '../params/portal-params.ts'

type Flow = Stripe.BillingPortal.Session.Flow
type Given = NonNullable<SessionGiven['flow_data']>

/** The action of the page that a flow of this type was opened for. */
export const FLOW_ACTIONS: Record<string, string> = {
  payment_method_update: 'payment-method',
  subscription_cancel: 'cancel',
  subscription_pause: 'pause',
  subscription_update: 'plan',
}

/** The subscription that a flow is about; none for those about the customer. */
export const flowSubscription = (flow: Flow | null): string | undefined =>
  (flow?.subscription_cancel ?? flow?.subscription_pause ?? flow?.subscription_update)?.subscription

/** A flow as a session shows it. Refuses features that are off and subscriptions it cannot be about. */
export function flowOf(
  ctx: Context,
  customer: string,
  { features }: Stripe.BillingPortal.Configuration,
  given: Given,
): Flow {
  const { type, after_completion: after = { type: 'portal_homepage' as const } } = given
  if (!features[type].enabled)
    throw invalid(`The feature of the flow ${type} is disabled in your portal configuration.`, 'flow_data[type]')
  const id = type === 'payment_method_update' ? undefined : given[type]?.subscription
  if (type !== 'payment_method_update') refuseUnfit(ctx, customer, type, id ?? '')
  if ((after.type === 'redirect') !== (after.redirect !== undefined))
    throw invalid(
      '`redirect` must be given exactly when the type is `redirect`.',
      'flow_data[after_completion][redirect]',
    )
  const message = after.hosted_confirmation?.custom_message ?? null
  const about = id === undefined ? null : { subscription: id }
  return {
    after_completion: {
      hosted_confirmation: after.type === 'hosted_confirmation' ? { custom_message: message } : null,
      redirect: after.redirect ?? null,
      type: after.type,
    },
    customer_update: null,
    subscription_cancel: type === 'subscription_cancel' && about ? { ...about, retention: null } : null,
    subscription_pause: type === 'subscription_pause' ? about : null,
    subscription_update: type === 'subscription_update' ? about : null,
    subscription_update_confirm: null,
    type,
  }
}

function refuseUnfit(ctx: Context, customer: string, type: Given['type'], id: string): void {
  const param = `flow_data[${type}][subscription]`
  const { status, cancel_at, schedule, customer: owner } = must(ctx, 'subscription', id, param)
  const isEnding = cancel_at !== null && type === 'subscription_cancel'
  if (owner === customer && schedule === null && !isEnding && (status === 'active' || status === 'trialing')) return
  throw invalid(
    'The flow needs a running subscription of this customer that has no schedule and is not ending already.',
    param,
  )
}
