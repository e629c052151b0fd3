import type { FastifyReply, FastifyRequest } from 'fastify'

/** The emulators ask nobody who they are, so a page of another site open in the same browser must not be able to drive them. */
export async function refuseOtherOrigins(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header('x-content-type-options', 'nosniff')
  const { origin, host } = request.headers
  if (request.method === 'GET' || origin === undefined) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  await reply.code(403).send({ error: { code: 'forbidden', message: 'Requests from other sites are refused.' } })
}
