import type { Stripe } from 'stripe'
import { create } from '../engine/changes.ts'
import { all, type Context, must, put } from '../engine/context.ts'
import { emit } from '../engine/events.ts'
import { newId, token } from '../engine/ids.ts'
import { invalid } from '../http/errors.ts'
import type { SessionGiven } from '../params/portal-params.ts'
import { defaultConfiguration, portalSession } from '../shapes/billing-portal.ts'
import { flowOf } from './flows.ts'

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
    flow: given.flow_data ? flowOf(ctx, customer, configuration, given.flow_data) : null,
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
