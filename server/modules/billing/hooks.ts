import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createDesk, systemActor, type World } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { receiveWebhook } from './actions/receive-webhook.ts'
import { wakeWebhooks } from './job-names.ts'
import { findAccount } from './stripe-accounts.ts'

/** Stripe's largest events are far below. */
const maxBytes = 1024 * 1024
const wakeEveryMs = 100

/**
 * POST /hooks/stripe for the configuration's account, /hooks/stripe/{account} for a further one: the raw body and its
 * signature; answered as soon as the event is stored.
 */
export function mountStripeHook(app: FastifyInstance, world: World): void {
  app.register(async (scope) => {
    const wake = wakeSeldom(world)
    scope.addHook('onClose', async () => wake.stop())
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    )
    for (const path of ['/hooks/stripe', '/hooks/stripe/:account'])
      scope.post(path, { bodyLimit: maxBytes }, (request, reply) => receive(world, request, reply, wake.soon))
  })
}

/**
 * Wakes an account's job soon after an event, and seldom in a burst: a job added with every event would make their commits
 * wait for each other. What a crash leaves undone is found at the next start, and by the clock.
 */
function wakeSeldom(world: World): { soon(account: string): void; stop(): void } {
  const timers = new Map<string, NodeJS.Timeout>()
  const wake = (account: string) => {
    timers.delete(account)
    createDesk(world, systemActor)
      .enqueue(wakeWebhooks(account))
      .catch((error: Error) => world.log.warn({ error: error.message }, 'the webhook job could not be woken'))
  }
  return {
    soon(account) {
      if (!timers.has(account)) timers.set(account, setTimeout(wake, wakeEveryMs, account))
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

async function receive(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  wake: (account: string) => void,
): Promise<unknown> {
  const signature = request.headers['stripe-signature']
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { account } = request.params as { account?: string }
  const first = createDesk(world, systemActor)
  const desk = account === undefined ? first : await findAccount(first, account)
  const received = desk && (await receiveWebhook(desk, raw, typeof signature === 'string' ? signature : undefined))
  // Strangers are not told which accounts there are.
  if (!desk || received === 'unsigned')
    throw new DeskError('invalid_request', 'The signature does not fit these bytes, or is too old.')
  wake(desk.ports.payments.account)
  return reply.code(200).send({ received: true })
}
