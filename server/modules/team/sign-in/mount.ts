import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import * as z from 'zod'
import type { Actor } from '#server/desk.ts'
import type { Logger } from '#platform/log.ts'
import { DeskError } from '#platform/errors.ts'
import { refuseForeignOrigin } from '#platform/serve/same-origin.ts'
import { unprintablePath } from '#platform/serve/unprintable.ts'
import { addressHeader, type Auth } from './auth.ts'
import { countTry, forgetTry, limitsOf } from './attempts.ts'
import { answerOf } from './answer.ts'
import { refusalOf } from './words.ts'

/** What of better-auth is reachable; everything else it offers is not. */
const paths = [
  '/sign-in/email',
  '/sign-out',
  '/change-password',
  '/revoke-other-sessions',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
] as const
type Path = (typeof paths)[number]

/** Each of these asks for a secret that could be guessed. */
const guessable: ReadonlySet<Path> = new Set(paths.filter((path) => path !== '/sign-out'))

type Mounting = {
  auth: Auth
  pool: pg.Pool
  publicUrl: string
  log: Logger
  /** Who is signed in already, if anybody. */
  whoIs(request: FastifyRequest): Promise<Actor | undefined>
  /** Called after a success, with whom better-auth's answer names. */
  succeeded(path: Path, before: Actor | undefined, agentUuid: string | undefined): Promise<void>
}

/** Serves sign-in below /api/auth, in the API's own shape of errors. */
export function mountSignIn(app: FastifyInstance, mounting: Mounting): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 16_384 }, (_, body, done) =>
      done(null, body),
    )
    for (const path of paths) scope.post(`/api/auth${path}`, (request, reply) => serve(mounting, path, request, reply))
  })
}

export type { Path as SignInPath }

async function serve(mounting: Mounting, path: Path, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  refuseForeignOrigin(request, mounting.publicUrl)
  refuseStrangersPage(request, mounting.publicUrl)
  const body = parseBody(request.body)
  // A changed password ends every other session: whoever knew the old one is out.
  if (path === '/change-password') body.revokeOtherSessions = true
  const before = path === '/sign-in/email' ? undefined : await mounting.whoIs(request)
  const limits = guessable.has(path) ? limitsOf(request.ip, path === '/sign-in/email' ? emailIn(body) : undefined) : []
  await countTry(mounting.pool, limits).catch((error: unknown) => {
    if (error instanceof DeskError) void reply.header('retry-after', String(Object(error.details).retryAfter))
    throw error
  })
  const response = await mounting.auth.handler(requestOf(mounting.publicUrl, request, body))
  const answer: unknown = await response.json().catch(() => null)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) void reply.header('set-cookie', cookies)
  void reply.header('cache-control', 'no-store')
  if (!response.ok) {
    const { code, message, reason } = refusalOf(response.status, answer)
    if (code === 'internal') mounting.log.error({ path, reason }, 'sign-in failed')
    throw new DeskError(code, message, { code: reason })
  }
  await forgetTry(mounting.pool, limits)
  const { shown, agentUuid } = answerOf(answer)
  await mounting.succeeded(path, before, agentUuid)
  return reply.code(200).send(shown)
}

/** Unlike the API's writes, signing in needs no cookie to be abused: another site could sign a visitor in as somebody else. */
function refuseStrangersPage(request: FastifyRequest, publicUrl: string): void {
  const { origin, host } = request.headers
  if (!origin || origin === new URL(publicUrl).origin || URL.parse(origin)?.host === host) return
  throw new DeskError('forbidden', 'This request did not come from the desk’s own pages.')
}

function parseBody(raw: unknown): Record<string, unknown> {
  if (raw === undefined || raw === '') return {}
  const body = readObject(String(raw))
  const unprintable = unprintablePath(body, 'body')
  if (unprintable)
    throw new DeskError('invalid_request', `${unprintable}: holds a NUL or half of a character; neither is text.`)
  return body
}

function readObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch {
    throw new DeskError('invalid_request', 'The body is not a JSON object.')
  }
}

function emailIn(body: Record<string, unknown>): string | undefined {
  return typeof body.email === 'string' ? body.email.slice(0, 254) : undefined
}

function requestOf(publicUrl: string, request: FastifyRequest, body: Record<string, unknown>): Request {
  const headers = new Headers({ 'content-type': 'application/json', [addressHeader]: request.ip })
  for (const name of ['cookie', 'origin', 'host', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return new Request(new URL(request.url, publicUrl), { method: 'POST', headers, body: JSON.stringify(body) })
}
