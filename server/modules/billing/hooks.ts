import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createDesk, systemActor, type World } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { receiveWebhook } from './actions/receive-webhook.ts'

/** Stripe's largest events are far below. */
const maxBytes = 1024 * 1024

/** POST /hooks/stripe: the raw body and its signature; answered as soon as the event is stored. */
export function mountStripeHook(app: FastifyInstance, world: World): void {
  app.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/hooks/stripe', { bodyLimit: maxBytes }, (request, reply) => receive(world, request, reply))
  })
}

async function receive(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const signature = request.headers['stripe-signature']
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const received = await receiveWebhook(
    createDesk(world, systemActor),
    raw,
    typeof signature === 'string' ? signature : undefined,
  )
  if (received === 'unsigned')
    throw new DeskError('invalid_request', 'The signature does not fit these bytes, or is too old.')
  return reply.code(200).send({ received: true })
}
