import { readFileSync } from 'node:fs'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { Stripe } from 'stripe'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import { onItsClock } from '../engine/clock-of.ts'
import type { Context } from '../engine/context.ts'
import { ApiError } from '../http/errors.ts'
import { actions } from './actions.ts'
import { FLOW_ACTIONS } from './flows.ts'
import { confirmationPage, expiredPage, portalPage } from './page.ts'
import { openSession } from './sessions.ts'
import { portalView } from './view.ts'

type Options = { store: Store; clock: Clock; afterCommit(): void }
type Session = Stripe.BillingPortal.Session
type Params = { key: string; action: string }

const POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

/** The page behind a portal session's address. Whoever holds the address is the customer; nothing else is asked. */
export function portalRoutes({ store, clock, afterCommit }: Options): FastifyPluginAsync {
  const style = readFileSync(new URL('portal.css', import.meta.url), 'utf8')
  const base = (): Context => ({
    store,
    now: Math.floor(clock.now() / 1000),
    wallMs: clock.now(),
    request: { id: null, idempotency_key: null },
    forcedDecline: () => undefined,
  })
  const at = (session: Session): Context => onItsClock(base(), [session.customer])

  function send(reply: FastifyReply, status: number, page: string) {
    return (
      reply
        .code(status)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', POLICY)
        // Not `no-referrer`: browsers then send forms from nowhere, which the emulators refuse. Other sites learn no address either way.
        .header('referrer-policy', 'same-origin')
        .header('cache-control', 'no-store')
        .send(page)
    )
  }

  /** Does what was asked for; a refusal takes everything back and is answered in words. */
  function perform(session: Session, address: string, name: string, body: string): string | undefined {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action) return 'This page cannot do that.'
    try {
      store.transaction(() => {
        const ctx = at(session)
        action(ctx, portalView(ctx, session, address), new URLSearchParams(body))
      })
      afterCommit()
      return undefined
    } catch (error) {
      if (error instanceof ApiError) return error.message
      throw error
    }
  }

  return async (app) => {
    const form = 'application/x-www-form-urlencoded'
    app.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, done) => done(null, body))
    app.get('/portal.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
    const addressOf = (key: string) => `${app.prefix}/session/${key}`
    const gone = (reply: FastifyReply) => send(reply, 410, expiredPage(app.prefix))

    app.get<{ Params: Params; Querystring: { all?: string; done?: string } }>('/session/:key', (request, reply) => {
      const { all, done } = request.query
      const session = store.transaction(() => openSession(base(), request.params.key))
      if (!session) return gone(reply)
      const { flow } = session
      const finished = flow !== null && done === FLOW_ACTIONS[flow.type]
      if (finished && flow.after_completion.type === 'hosted_confirmation')
        return send(reply, 200, confirmationPage(app.prefix, session))
      const shown = finished || all !== undefined ? { ...session, flow: null } : session
      const view = portalView(at(session), shown, addressOf(request.params.key))
      return send(reply, 200, portalPage(app.prefix, view, { done }))
    })
    app.post<{ Params: Params }>('/session/:key/:action', (request, reply) => {
      const { key, action } = request.params
      const session = store.transaction(() => openSession(base(), key))
      if (!session) return gone(reply)
      const address = addressOf(key)
      const refused = perform(session, address, action, String(request.body ?? ''))
      if (refused !== undefined)
        return send(reply, 400, portalPage(app.prefix, portalView(at(session), session, address), { refused }))
      const { flow } = session
      const redirect = flow !== null && FLOW_ACTIONS[flow.type] === action ? flow.after_completion.redirect : null
      return reply.redirect(redirect?.return_url ?? `${address}?done=${action}`, 303)
    })
  }
}
