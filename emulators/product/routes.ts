import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { createReceivedCalls } from './calls.ts'
import { entitlementOf, Order, type Books } from './books.ts'
import type { createProductFaults } from './faults.ts'
import { doubt } from './signing.ts'
import type { createProductWebhooks } from './webhooks.ts'

export type ProductParts = {
  books: Books
  calls: ReturnType<typeof createReceivedCalls>
  faults: ReturnType<typeof createProductFaults>
  webhooks: ReturnType<typeof createProductWebhooks>
  clock: Clock
}

const Question = z.object({ operation: z.string(), key: z.string() })

/** What the desk calls: `/act` does something, `/status` tells what became of it; prefix /product. */
export function productRoutes({ books, calls, faults, webhooks, clock }: ProductParts): FastifyPluginAsync {
  const read = (request: FastifyRequest, reply: FastifyReply): unknown => {
    const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
    const words = doubt(webhooks.connection().calls, request.headers, raw, clock.now())
    if (words) {
      void reply.code(401)
      return undefined
    }
    return JSON.parse(raw)
  }
  const refused = { status: 'failed', reason: 'The product does not know who asks.' }

  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    app.addHook('onSend', async (request, reply, payload) => note(request, reply.statusCode, payload))

    app.post('/act', async (request, reply) => {
      const body = read(request, reply)
      if (body === undefined) return refused
      if (typeof body === 'object' && body !== null && 'test' in body) return { status: 'done' }
      const order = Order.parse(body)
      const fault = faults.take('call')
      switch (fault?.kind) {
        case 'error_before':
          return reply.code(500).send({ error: 'The product fell over.' })
        case 'too_many':
          return reply.code(429).header('retry-after', '1').send({})
        case 'busy':
          return reply.code(409).send({})
        case 'nonsense':
          return 'All good, thank you'
        case 'lies':
          return { status: 'done' }
        case 'lost_before':
          return cut(request, reply)
        case 'accepted_then_done':
        case 'accepted_then_failed':
          books.pending.put({ order, left: 1, fails: fault.kind === 'accepted_then_failed' })
          return reply.code(202).send({ status: 'accepted' })
        case 'slow':
          await sleep(fault.delayMs)
      }
      const reason = carryOut(order)
      if (fault?.kind === 'error_after') return reply.code(500).send({ error: 'The product fell over.' })
      if (fault?.kind === 'lost_answer') return cut(request, reply)
      return reason ? reply.code(422).send({ status: 'failed', reason }) : { status: 'done' }
    })

    app.post('/status', async (request, reply) => {
      const body = read(request, reply)
      if (body === undefined) return refused
      const { operation, key } = Question.parse(body)
      if (faults.take('status')) return reply.code(500).send({ error: 'The product fell over.' })
      const pending = books.pending.get(operation)
      if (pending && pending.left > 0) {
        books.pending.put({ ...pending, left: pending.left - 1 })
        return { status: 'accepted' }
      }
      if (pending?.fails) return { status: 'failed', reason: 'The product could not do it after all.' }
      if (pending && !books.wasDone(key, operation)) {
        const reason = carryOut(pending.order)
        if (reason) return { status: 'failed', reason }
      }
      const account = books.find(key)
      if (!account || !books.wasDone(key, operation)) return { status: 'absent' }
      return { status: 'done', entitlement: entitlementOf(account) }
    })
  }

  function note(request: FastifyRequest, answer: number | null, payload: unknown): void {
    calls.note(request.url.endsWith('/status') ? 'status' : 'act', request.body, answer, payload)
  }

  /** Ends the connection with no answer at all. */
  function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    note(request, null, '')
    reply.hijack()
    reply.raw.destroy()
    return reply
  }

  function carryOut(order: Order): string | undefined {
    const reason = books.carryOut(order)
    const account = books.find(order.key)
    if (!reason && account) void webhooks.changed(account)
    return reason
  }
}
