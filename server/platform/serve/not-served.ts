import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DeskError } from '../errors.ts'

type Served = { method: string; pattern: RegExp }

const routes = new WeakMap<FastifyInstance, Served[]>()

/** Remembers what is bound from now on, so that a wrong method can be told from a wrong address. */
export function rememberRoutes(app: FastifyInstance): void {
  const served: Served[] = []
  routes.set(app, served)
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`)
    for (const each of [method].flat()) if (each !== 'HEAD') served.push({ method: each, pattern })
  })
}

/** Why there is no answer at this address: it takes other methods, which are named, or there is nothing at all. */
export function notServed(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): DeskError {
  const path = request.url.split('?')[0] ?? ''
  const taken = (routes.get(app) ?? []).filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (taken.length === 0) return new DeskError('not_found', 'There is nothing at this address.')
  const methods = [...new Set(taken)].sort()
  void reply.header('allow', methods.join(', '))
  return new DeskError('method_not_allowed', `This address takes ${methods.join(' and ')}, not ${request.method}.`)
}
