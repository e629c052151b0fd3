import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '#contract/endpoint.ts'
import { createDesk, requestHash, type Actor, type IdempotencyClaim, type World } from '#server/desk.ts'
import { DeskError } from '../errors.ts'
import { answerFor } from './errors.ts'
import { AlreadyDone, awaitedAnswer, storeAnswer, type StoredAnswer } from './idempotency.ts'
import { parsePart } from './parse.ts'
import type { AnyRoute } from './route.ts'
import { refuseForeignOrigin } from './same-origin.ts'

export type Authenticate = (request: FastifyRequest) => Promise<Actor | undefined>

type Binding = { world: World; authenticate: Authenticate; checkResults: boolean }

/** Binds every route below /api/v1: who asks, may they, is the request well formed, then the handler. */
export function bindRoutes(app: FastifyInstance, routes: readonly AnyRoute[], binding: Binding): void {
  const askers = new WeakMap<FastifyRequest, Actor>()
  for (const route of routes) {
    const { endpoint } = route
    app.route({
      method: endpoint.method,
      url: `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`,
      bodyLimit: endpoint.maxBody ?? 1024 * 1024,
      // Before the body is read: who may not come in shall not make us parse what they carry.
      onRequest: async (request) => {
        const actor = await binding.authenticate(request)
        if (endpoint.permission !== 'public') admit(endpoint, actor)
        if (endpoint.method !== 'GET') refuseForeignOrigin(request, binding.world.publicUrl)
        if (actor) askers.set(request, actor)
      },
      handler: (request, reply) => serve(route, binding, askers.get(request), request, reply),
    })
  }
}

async function serve(
  route: AnyRoute,
  { world, checkResults }: Binding,
  actor: Actor | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { endpoint } = route
  const params = parsePart(endpoint.params, request.params, 'params')
  const query = parsePart(endpoint.query, request.query, 'query')
  const body = parsePart(endpoint.body, request.body, 'body')
  const who = actor ?? anonymous
  const claim = endpoint.method === 'GET' ? undefined : claimOf(request, who)
  if (claim) {
    const stored = await awaitedAnswer(world.pool, claim)
    if (stored) return replay(world, stored, reply)
  }
  const status = endpoint.status ?? 200
  try {
    const result = await route.handler({ desk: createDesk(world, who, claim), params, query, body, request, reply })
    if (checkResults) checkResult(endpoint, result)
    if (claim) await storeAnswer(world.pool, claim.key, status, world.secrets.encrypt(JSON.stringify(result ?? null)))
    return await reply.code(status).send(result)
  } catch (error) {
    if (claim?.made && error instanceof DeskError) await storeRefusal(world, claim.key, error)
    if (!(error instanceof AlreadyDone) || !claim) throw error
    const stored = await awaitedAnswer(world.pool, claim)
    if (!stored) throw error
    return replay(world, stored, reply)
  }
}

/** Refused after something had been written, such as a counted try: repeated, it is refused in the same words. */
async function storeRefusal(world: World, key: string, error: DeskError): Promise<void> {
  const { status, body } = answerFor(error)
  await storeAnswer(world.pool, key, status, world.secrets.encrypt(JSON.stringify(body)))
}

/** Answers are kept sealed: some hold a secret that is shown once, many hold what customers wrote. */
function replay(world: World, { status, body }: StoredAnswer, reply: FastifyReply): FastifyReply {
  const answer: unknown = JSON.parse(world.secrets.decrypt(String(body)))
  return reply.code(status).header('Idempotent-Replayed', 'true').send(answer)
}

const anonymous: Actor = {
  kind: 'contact',
  id: null,
  agentId: null,
  name: 'Nobody',
  roles: [],
  permissions: new Set(),
  visible: [],
}

function admit(endpoint: Endpoint, actor: Actor | undefined): void {
  if (!actor) throw new DeskError('unauthenticated', 'Sign in, or send an API key as a bearer token.')
  if (endpoint.permission !== 'session' && !actor.permissions.has(endpoint.permission))
    throw new DeskError('forbidden', `Your role does not allow this. It needs the permission ${endpoint.permission}.`)
}

function claimOf(request: FastifyRequest, actor: Actor): IdempotencyClaim | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header))
    throw new DeskError('invalid_request', 'Idempotency-Key must be 1 to 255 printable characters.')
  return {
    key: `${actor.kind}:${actor.id ?? 'boot'}:${header}`,
    requestHash: requestHash(request.method, request.url, request.body),
  }
}

/** Outside production an answer that breaks the contract is an error here, not a puzzle in the browser. */
function checkResult(endpoint: Endpoint, result: unknown): void {
  const parsed = endpoint.result.safeParse(JSON.parse(JSON.stringify(result)))
  if (parsed.success) return
  throw new Error(`${endpoint.method} ${endpoint.path} broke its contract: ${parsed.error.message}`)
}
