import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Permission } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Blobs } from '#platform/blobs/blobs.ts'
import type { Clock } from '#platform/clock.ts'
import { drizzleOn, inTransaction, type Connection, type Db } from '#platform/db.ts'
import { claimKey } from '#platform/serve/idempotency.ts'
import { enqueue, type JobRequest } from '#platform/jobs/enqueue.ts'
import { appendEvents, type NewEvent } from '#platform/ledger/append.ts'
import type { Logger } from '#platform/log.ts'
import type { Secrets } from '#platform/secrets.ts'
import type { Ports } from './ports.ts'

/** Who acts. An API key acts as its owner for four eyes, with the permissions of its own role. */
export type Actor = {
  kind: 'agent' | 'api' | 'contact' | 'system'
  id: string | null
  /** The person behind it; null for the system and for a key made at boot. */
  agentId: Id<'agt'> | null
  name: string
  roles: readonly Role[]
  permissions: ReadonlySet<Permission>
  /** Teams whose tickets may be seen. */
  visible: 'all' | readonly Id<'tea'>[]
}

export const systemActor: Actor = {
  kind: 'system',
  id: null,
  agentId: null,
  name: 'Mainstay',
  roles: [],
  permissions: new Set(),
  visible: 'all',
}

/** What stays the same for the life of the process. */
export type World = {
  pool: pg.Pool
  clock: Clock
  log: Logger
  secrets: Secrets
  blobs: Blobs
  ports: Ports
  publicUrl: string
}

/** `made` once a transaction that holds it has committed. */
export type IdempotencyClaim = { key: string; requestHash: string; made?: boolean }

/** What every action receives. Inside `transaction` it is the same Desk on one connection. */
export type Desk = {
  db: Db
  /** The same connection for plain SQL; name hot statements. */
  connection: Connection
  actor: Actor
  log: Logger
  secrets: Secrets
  blobs: Blobs
  ports: Ports
  publicUrl: string
  now(): Temporal.Instant
  transaction<T>(work: (desk: Desk) => Promise<T>): Promise<T>
  /** Appends events to the ledger, in order; only inside a transaction. */
  emit(...events: NewEvent[]): Promise<Id<'evt'>[]>
  enqueue(job: JobRequest): Promise<void>
  as(actor: Actor): Desk
  /** The same Desk with other counterparts in place of its own. */
  with(ports: Partial<Ports>): Desk
}

/** A Desk for one request or job. With a claim, its first transaction also claims the Idempotency-Key. */
export function createDesk(world: World, actor: Actor, claim?: IdempotencyClaim): Desk {
  return deskOn(world, actor, world.pool, undefined, claim)
}

function deskOn(
  world: World,
  actor: Actor,
  connection: Connection,
  inside: pg.PoolClient | undefined,
  claim: IdempotencyClaim | undefined,
): Desk {
  let db: Db | undefined
  const desk: Desk = {
    get db() {
      return (db ??= drizzleOn(connection))
    },
    connection,
    actor,
    log: world.log,
    secrets: world.secrets,
    blobs: world.blobs,
    ports: world.ports,
    publicUrl: world.publicUrl,
    now: world.clock.now,
    async transaction(work) {
      if (inside) return work(desk)
      const claiming = claim?.made ? undefined : claim
      const result = await inTransaction(world.pool, async (client) => {
        if (claiming) await claimKey(client, claiming, world.clock.now())
        return work(deskOn(world, actor, client, client, undefined))
      })
      // Only now: one that rolled back claimed nothing, and the next one must.
      if (claiming) claiming.made = true
      return result
    },
    async emit(...events) {
      if (!inside) throw new Error(`${events[0]?.type} must be emitted inside a transaction`)
      return appendEvents(connection, actor, world.clock.now(), events)
    },
    async enqueue(job) {
      await enqueue(connection, job, job.runAt && world.clock.toReal(job.runAt))
    },
    as: (other) => deskOn(world, other, connection, inside, undefined),
    with: (ports) => deskOn({ ...world, ports: { ...world.ports, ...ports } }, actor, connection, inside, claim),
  }
  return desk
}

/** What makes two requests with the same Idempotency-Key the same request. */
export function requestHash(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path} ${JSON.stringify(body ?? null)}`)
    .digest('hex')
}
