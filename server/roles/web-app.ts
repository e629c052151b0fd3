import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notServed } from '#platform/serve/not-served.ts'

const folder = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** The built agent app; every address that is not the API's opens it, so that links and reloads work. */
export async function serveWebApp(app: FastifyInstance): Promise<void> {
  const built = await access(`${folder}/index.html`).then(
    () => true,
    () => false,
  )
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      // Hashed names never change; index.html always may.
      setHeaders: (reply, path) =>
        reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(api|hooks|files|rate|assets)\//.test(request.url)
    if (isPage && built) return reply.type('text/html').header('cache-control', 'no-cache').sendFile('index.html')
    throw notServed(app, request, reply)
  })
}
