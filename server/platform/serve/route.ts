import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'

export type Call<P, Q, B> = {
  desk: Desk
  params: P
  query: Q
  body: B
  /** For the few that need more than the contract: addresses, headers, cookies. */
  request: FastifyRequest
  reply: FastifyReply
}

export type Route<P = unknown, Q = unknown, B = unknown, R = unknown> = {
  endpoint: Endpoint<P, Q, B, R>
  handler(call: Call<P, Q, B>): Promise<R>
}

// A list of routes holds different shapes; serve parses each call with the route's own schemas before the handler sees it.
export type AnyRoute = { endpoint: Endpoint; handler(call: Call<unknown, unknown, unknown>): Promise<unknown> }

export function route<P, Q, B, R>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: Call<P, Q, B>) => Promise<R>,
): AnyRoute {
  return { endpoint, handler } as unknown as AnyRoute
}
