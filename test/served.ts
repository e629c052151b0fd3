import type { AddressInfo } from 'node:net'
import { createSignIn, createTeamRoutes } from '#modules/team/index.ts'
import { createApp } from '#platform/serve/app.ts'
import { bindRoutes } from '#platform/serve/bind.ts'
import type { AnyRoute } from '#platform/serve/route.ts'
import type { Mount } from '#server/modules.ts'
import type { TestWorld } from './build.ts'

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers }

export type Served = {
  url: string
  /** Whether a route is bound. `path` is below /api/v1 with parameters in braces. */
  has(method: string, path: string): boolean
  /** A browser's request to the desk's own address: JSON, with Origin, and cookies when given. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>
  close(): Promise<void>
}

type SendOptions = { body?: unknown; headers?: Record<string, string>; cookies?: Cookies; origin?: string | null }

/** A browser's cookies. */
export type Cookies = Map<string, string>

/** Serves sign-in, the team's endpoints, `routes` and `mounts` on a free port, as the web role does. */
export async function serveTestWorld(
  test: TestWorld,
  routes: readonly AnyRoute[] = [],
  mounts: readonly Mount[] = [],
): Promise<Served> {
  const { world, databaseUrl } = test
  const app = await createApp(world.log, world.publicUrl)
  const signIn = createSignIn({
    databaseUrl,
    secretKey: 'a secret of the tests, long enough',
    publicUrl: world.publicUrl,
    log: world.log,
    world,
  })
  signIn.mount(app)
  const team = createTeamRoutes({ emulated: () => ['mail'], emulatorsUrl: () => null, demo: () => null })
  bindRoutes(app, [...team, ...routes], { world, authenticate: signIn.authenticate, checkResults: true })
  for (const mount of mounts) mount(app, world, signIn.authenticate)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return {
    url,
    has: (method, path) => app.hasRoute({ method, url: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}` }),
    send: (method, path, options = {}) => send(url, method, path, options),
    async close() {
      await app.close()
      await signIn.close()
    },
  }
}

async function send(url: string, method: string, path: string, options: SendOptions): Promise<Answer> {
  const { body, cookies, origin = url } = options
  const headers = new Headers(options.headers)
  if (origin !== null) headers.set('origin', origin)
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (cookies?.size) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  for (const line of response.headers.getSetCookie()) keep(cookies, line)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}

function keep(cookies: Cookies | undefined, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const at = pair.indexOf('=')
  const ended = attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0')
  if (ended) cookies?.delete(pair.slice(0, at))
  else cookies?.set(pair.slice(0, at), pair.slice(at + 1))
}
