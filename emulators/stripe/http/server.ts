import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Stripe } from 'stripe'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import type { Context } from '../engine/context.ts'
import { token } from '../engine/ids.ts'
import type { Endpoint, PathIds } from './endpoint.ts'
import { ApiError, unknownPath } from './errors.ts'
import { declineOf, takeFault } from './faults.ts'
import { parseForm, type RawObject } from './form.ts'
import { parseMultipart } from './multipart.ts'
import { createRateLimiter, tooMany } from './rate-limits.ts'
import { type Answer, createIdempotency, fingerprint } from './idempotency.ts'

/** The largest upload taken in, in bytes; larger ones are refused whole. */
const UPLOAD_LIMIT = 8_000_000

type Target = { method: string; path: string }
type Options = { store: Store; clock: Clock; endpoints: Endpoint[]; afterCommit(): void }
/** An answer on its way; `close` frees its idempotency key for a replay. */
type Sent = Answer & { replayed: boolean; close(): void }

/** Serves the endpoints: authentication, planted faults, idempotency, parameters, then one transaction per request. */
export function serveApi(app: FastifyInstance, options: Options): void {
  const { store, clock, endpoints } = options
  const idempotency = createIdempotency(store)
  const limiter = createRateLimiter(store)
  const held = new Set<FastifyReply>()

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT },
    (_request, body, done) => done(null, body),
  )
  app.addHook('preClose', async () => held.forEach(({ raw }) => raw.destroy()))
  app.addHook('onRequest', async (request, reply) => {
    const version = request.headers['stripe-version']
    reply.header('request-id', `req_${token(14)}`)
    reply.header('stripe-version', typeof version === 'string' ? version : Stripe.API_VERSION)
  })
  app.setErrorHandler((error, request, reply) => fail(error, request, reply))
  app.setNotFoundHandler((request) => {
    authenticate(request)
    throw unknownPath(request.method, pathOf(request))
  })
  for (const endpoint of endpoints) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      exposeHeadRoute: false,
      handler: (request, reply) => answer(endpoint, request, reply),
    })
  }

  async function answer(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
    authenticate(request)
    const target = { method: request.method, path: pathOf(request) }
    const lost = takeFault(store, target, ['429', 'lost_request'])
    if (lost?.kind === 'lost_request') return cut(reply)
    const reason = lost ? 'global-rate' : limiter.refuse(endpoint.method, endpoint.path, clock.now())
    if (reason !== undefined) {
      reply.header('stripe-rate-limited-reason', reason)
      throw tooMany()
    }
    const sent = perform(endpoint, request, reply, target)
    try {
      options.afterCommit()
      // What happens to the answer on its way happens to a replayed one, too.
      const travel = takeFault(store, target, ['lost_answer', 'slow', 'timeout'])
      if (travel?.kind === 'lost_answer') return cut(reply)
      if (travel?.kind === 'timeout') return await hold(reply)
      if (travel) await sleep(travel.ms)
      if (sent.replayed) reply.header('idempotent-replayed', 'true')
      return await reply.code(sent.status).send(sent.body)
    } finally {
      sent.close()
    }
  }

  /** Does the work at once, or finds the answer kept under its key. Throws refusals that leave no trace. */
  function perform(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, target: Target): Sent {
    const raw = rawOf(request)
    const header = request.headers['idempotency-key']
    const key = request.method === 'POST' && typeof header === 'string' && header !== '' ? header : null
    const print = fingerprint(raw)
    const kept = key === null ? undefined : idempotency.open(key, target.path, print, clock.now())
    if (kept) return { status: kept.status, body: kept.body, replayed: true, close: () => undefined }
    const close = () => key !== null && idempotency.close(key)
    const requestId = String(reply.getHeader('request-id'))
    const origin = `${request.protocol}://${request.host}${app.prefix}`
    const remember = (result: Answer) =>
      key !== null &&
      idempotency.keep({ ...result, key, path: target.path, fingerprint: print, at: clock.now(), request: requestId })
    const run = prepared(() => endpoint.prepare(raw, request.params as PathIds), close)
    try {
      const fault = takeFault(store, target, ['500_before', '500_after'])
      const result = store.transaction(() => {
        const done =
          fault?.kind === '500_before' ? crash() : attempt(() => run(context(target, requestId, key, origin)))
        const shown = fault?.kind === '500_after' ? crash() : done
        remember(shown)
        return shown
      })
      return { ...result, replayed: false, close }
    } catch (error) {
      close()
      if (error instanceof ApiError && !error.body.code?.startsWith('parameter_'))
        remember({ status: error.status, body: { error: error.body } })
      throw error
    }
  }

  function context(target: Target, requestId: string, key: string | null, origin: string): Context {
    return {
      store,
      now: Math.floor(clock.now() / 1000),
      wallMs: clock.now(),
      origin,
      request: { id: requestId, idempotency_key: key },
      forcedDecline() {
        const fault = takeFault(store, target, ['decline'])
        return fault && declineOf(fault)
      },
    }
  }

  /** Keeps the socket open without a word until the caller gives up. */
  async function hold(reply: FastifyReply) {
    reply.hijack()
    held.add(reply)
    await new Promise<void>((resolve) => reply.raw.once('close', resolve))
    held.delete(reply)
  }

  function pathOf(request: FastifyRequest): string {
    const path = request.url.split('?')[0] ?? ''
    return app.prefix !== '' && path.startsWith(app.prefix) ? path.slice(app.prefix.length) : path
  }
}

/** The parameters as they were sent: a form or an upload in the body, or the query. */
function rawOf(request: FastifyRequest): RawObject {
  if (Buffer.isBuffer(request.body)) return parseMultipart(request.body, request.headers['content-type'] ?? '')
  return parseForm(request.method === 'POST' ? String(request.body ?? '') : (request.url.split('?')[1] ?? ''))
}

function cut(reply: FastifyReply) {
  reply.hijack()
  reply.raw.socket?.destroy()
}

/** Runs the work; an error after which the effects count becomes an answer instead of a rollback. */
function attempt(work: () => object): Answer {
  try {
    return { status: 200, body: work() }
  } catch (error) {
    if (error instanceof ApiError && error.keepsEffects) return { status: error.status, body: { error: error.body } }
    throw error
  }
}

/** Refused parameters are no first answer: the key stays free for the corrected request. */
function prepared<T>(prepare: () => T, close: () => void): T {
  try {
    return prepare()
  } catch (error) {
    close()
    throw error
  }
}

function crash(): Answer {
  const message = 'An unknown error occurred'
  return { status: 500, body: { error: { type: 'api_error', message } } }
}

function authenticate(request: FastifyRequest) {
  const header = request.headers.authorization ?? ''
  const basic = /^Basic (.+)$/.exec(header)?.[1]
  const key =
    basic === undefined ? /^Bearer (.+)$/.exec(header)?.[1] : Buffer.from(basic, 'base64').toString().split(':')[0]
  if (key !== undefined && /^(sk|rk)_test_\w+$/.test(key)) return
  const message =
    key === undefined
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${key.slice(0, 7)}****`
  throw new ApiError(401, { message })
}

function fail(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof ApiError) return reply.code(error.status).send({ error: error.body })
  const status = (error as { statusCode?: number }).statusCode ?? 500
  if (status < 500)
    return reply.code(status).send({ error: { type: 'invalid_request_error', message: (error as Error).message } })
  request.log.error(error)
  return reply
    .code(500)
    .send({ error: { type: 'api_error', message: `The emulator failed: ${(error as Error).message}` } })
}
