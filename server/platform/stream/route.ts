import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Actor } from '#server/desk.ts'
import { formatPosition, parsePosition, readAfter, currentPosition, type FollowedEvent } from '../ledger/follow.ts'
import { DeskError } from '../errors.ts'
import type { Authenticate } from '../serve/bind.ts'
import type { Broadcast } from './broadcast.ts'

/** Which events an actor may hear of; the inbox owns the answer, because visibility is the ticket's team's. */
export type Audible = (actor: Actor, events: FollowedEvent[]) => Promise<FollowedEvent[]>

const heartbeatMs = 20_000
const resumeLimit = 1000

/**
 * GET /api/v1/stream: one server-sent message per batch of ledger events, naming topics (`ticket:tkt_…`, `contact:con_…`,
 * `operation:op_…`, `type:ticket.created`). The message id is a ledger position; Last-Event-ID resumes from it without a gap,
 * and a reader too far behind is told to `reset`.
 */
export function streamRoute(
  app: FastifyInstance,
  options: { pool: pg.Pool; broadcast: Broadcast; authenticate: Authenticate; audible: Audible },
): void {
  app.get('/api/v1/stream', async (request, reply) => {
    const actor = await options.authenticate(request)
    if (!actor) throw new DeskError('unauthenticated', 'Sign in, or send an API key as a bearer token.')
    const resumed = parsePosition(request.headers['last-event-id']?.toString())
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    const here = resumed ?? (await currentPosition(options.pool))
    raw.write(`retry: 1000\nid: ${formatPosition(here)}\nevent: hello\ndata: {}\n\n`)

    const write = async (events: FollowedEvent[]) => {
      const last = events.at(-1)
      if (!last || raw.destroyed) return
      const topics = new Set<string>()
      for (const event of await options.audible(actor, events)) for (const topic of topicsOf(event)) topics.add(topic)
      raw.write(`id: ${formatPosition(last.position)}\ndata: ${JSON.stringify({ topics: [...topics] })}\n\n`)
    }
    let chain: Promise<void> = Promise.resolve()
    const send = (events: FollowedEvent[]) => {
      const before = chain
      chain = (async () => {
        await before
        await write(events).catch(() => raw.destroy())
      })()
    }

    const waiting: FollowedEvent[][] = []
    let live = false
    const unsubscribe = options.broadcast.subscribe((events) => (live ? send(events) : void waiting.push(events)))
    const heartbeat = setInterval(() => raw.write(': here\n\n'), heartbeatMs)
    raw.on('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
    })
    if (resumed) {
      // Or what commits between catching up and the first look of a follower that slept would be heard by nobody.
      await options.broadcast.ready()
      const missed = await readAfter(options.pool, resumed, resumeLimit).catch(() => [])
      if (missed.length === resumeLimit) raw.write('event: reset\ndata: {}\n\n')
      else send(missed)
    }
    live = true
    for (const events of waiting) send(events)
  })
}

function topicsOf(event: FollowedEvent): string[] {
  const topics = [`type:${event.type}`]
  if (event.ticketId) topics.push(`ticket:${event.ticketId}`)
  if (event.contactId) topics.push(`contact:${event.contactId}`)
  if (event.operationId) topics.push(`operation:${event.operationId}`)
  return topics
}
