import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createDesk, systemActor, type World } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { receiveWebhook } from './actions/receive-webhook.ts'
import { wakeWebhooks } from './job-names.ts'

/** Stripe's largest events are far below. */
const maxBytes = 1024 * 1024
const wakeEveryMs = 100

/** POST /hooks/stripe: the raw body and its signature; answered as soon as the event is stored. */
export function mountStripeHook(app: FastifyInstance, world: World): void {
  app.register(async (scope) => {
    const wake = wakeSeldom(world)
    scope.addHook('onClose', async () => wake.stop())
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/hooks/stripe', { bodyLimit: maxBytes }, (request, reply) => receive(world, request, reply, wake.soon))
  })
}

/**
 * Wakes the job soon after an event, and seldom in a burst: a job added with every event would make their commits wait for
 * each other. What a crash leaves undone is found at the next start, and by the clock.
 */
function wakeSeldom(world: World): { soon(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  const wake = () => {
    timer = undefined
    createDesk(world, systemActor)
      .enqueue(wakeWebhooks)
      .catch((error: Error) => world.log.warn({ error: error.message }, 'the webhook job could not be woken'))
  }
  return {
    soon() {
      timer ??= setTimeout(wake, wakeEveryMs)
    },
    stop: () => clearTimeout(timer),
  }
}

async function receive(world: World, request: FastifyRequest, reply: FastifyReply, wake: () => void): Promise<unknown> {
  const signature = request.headers['stripe-signature']
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const received = await receiveWebhook(
    createDesk(world, systemActor),
    raw,
    typeof signature === 'string' ? signature : undefined,
  )
  if (received === 'unsigned')
    throw new DeskError('invalid_request', 'The signature does not fit these bytes, or is too old.')
  wake()
  return reply.code(200).send({ received: true })
}
