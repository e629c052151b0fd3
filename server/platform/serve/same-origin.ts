import type { FastifyRequest } from 'fastify'
import { DeskError } from '../errors.ts'

/**
 * A write that rides on a cookie must come from our own pages. Browsers send Origin with every such request;
 * a caller with a bearer key is no browser in somebody else's hands.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.headers.authorization || !request.headers.cookie) return
  const origin = request.headers.origin
  if (origin === new URL(publicUrl).origin || (origin && hostOf(origin) === request.headers.host)) return
  throw new DeskError('forbidden', 'This request did not come from the desk’s own pages.')
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}
