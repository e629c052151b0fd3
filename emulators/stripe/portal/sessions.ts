import type { Stripe } from 'stripe'
import { create } from '../engine/changes.ts'
import { all, type Context, must, put } from '../engine/context.ts'
import { emit } from '../engine/events.ts'
import { newId, token } from '../engine/ids.ts'
import { invalid } from '../http/errors.ts'
import type { SessionGiven } from '../params/portal-params.ts'
import { defaultConfiguration, portalSession } from '../shapes/billing-portal.ts'

type Configuration = Stripe.BillingPortal.Configuration
type Session = Stripe.BillingPortal.Session
/** Where a session's address leads; milliseconds of the emulator's own clock. */
type Link = { id: string; session: string; expires: number }

const LINK = 'stripe.portal_link'
/** An address that nobody opens is good for five minutes, one in use for an hour after its last use. */
const UNOPENED_MS = 5 * 60_000
const IDLE_MS = 3_600_000

/** The account's own configuration, made when it is first needed: the emulator has no dashboard to save it in. */
export function ownConfiguration(ctx: Context): Configuration {
  const known = all(ctx, 'billing_portal.configuration').find(({ is_default }) => is_default)
  const event = 'billing_portal.configuration.created'
  return known ?? create(ctx, 'billing_portal.configuration', defaultConfiguration(ctx), event)
}

export function startSession(ctx: Context, given: SessionGiven): Session {
  const { configuration: asked, customer, return_url } = given
  const configuration =
    asked === undefined ? ownConfiguration(ctx) : must(ctx, 'billing_portal.configuration', asked, 'configuration')
  if (!configuration.active) throw invalid('The configuration of the portal is not active.', 'configuration')
  const id = newId('billing_portal.session')
  const key = token(32)
  const session = portalSession(ctx, {
    id,
    configuration: configuration.id,
    customer,
    flow: flowOf(ctx, customer, configuration, given.flow_data),
    return_url: return_url ?? configuration.default_return_url,
    url: `${ctx.origin ?? ''}/portal/session/${key}`,
  })
  put(ctx, 'billing_portal.session', session)
  ctx.store.put(LINK, key, { id: key, session: id, expires: ctx.wallMs + UNOPENED_MS } satisfies Link)
  emit(ctx, 'billing_portal.session.created', session)
  return session
}

/** The session behind an address, whose hour begins anew; undefined when there is none or it has expired. */
export function openSession(ctx: Context, key: string): Session | undefined {
  const link = ctx.store.get<Link>(LINK, key)
  if (!link || ctx.wallMs >= link.expires) return undefined
  ctx.store.put(LINK, key, { ...link, expires: ctx.wallMs + IDLE_MS })
  return must(ctx, 'billing_portal.session', link.session)
}

function flowOf(
  ctx: Context,
  customer: string,
  { features }: Configuration,
  given: SessionGiven['flow_data'],
): Session['flow'] | null {
  if (!given) return null
  const { type, after_completion: after = { type: 'portal_homepage' as const } } = given
  const isOn = type === 'subscription_cancel' ? features.subscription_cancel : features.payment_method_update
  if (!isOn.enabled)
    throw invalid(`The feature of the flow ${type} is disabled in your portal configuration.`, 'flow_data[type]')
  const id = given.subscription_cancel?.subscription
  if (type === 'subscription_cancel') {
    const subscription = must(ctx, 'subscription', id ?? '', 'flow_data[subscription_cancel][subscription]')
    if (subscription.customer !== customer || subscription.cancel_at !== null || subscription.status === 'canceled')
      throw invalid(
        'The subscription cannot be canceled: it must be the customer’s own and not be ending already.',
        'flow_data[subscription_cancel][subscription]',
      )
  }
  if ((after.type === 'redirect') !== (after.redirect !== undefined))
    throw invalid(
      '`redirect` must be given exactly when the type is `redirect`.',
      'flow_data[after_completion][redirect]',
    )
  const message = after.hosted_confirmation?.custom_message ?? null
  return {
    after_completion: {
      hosted_confirmation: after.type === 'hosted_confirmation' ? { custom_message: message } : null,
      redirect: after.redirect ?? null,
      type: after.type,
    },
    customer_update: null,
    subscription_cancel: id === undefined ? null : { retention: null, subscription: id },
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type,
  }
}
