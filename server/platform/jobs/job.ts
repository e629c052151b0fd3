import type * as z from 'zod'
import type { Desk } from '#server/desk.ts'
import type { Lane } from './lanes.ts'

export type JobContext = {
  /** The process that runs it; `isWorkerAlive` tells of another's. */
  worker: string
}

/** A piece of work after commit. It may run more than once, so its handler must find out what is already done. */
export type Job<P = never> = {
  name: string
  payload: z.ZodType<P>
  /** graphile-worker cron pattern, in UTC and machine time. */
  cron?: string
  /** `outside` for what calls counterparts and may be kept waiting; `desk` unless said. */
  lane?: Lane
  run(desk: Desk, payload: P, context: JobContext): Promise<void>
}

// A list of jobs holds different payload types; each job's own schema has parsed what its `run` receives.
export type AnyJob = {
  name: string
  payload: z.ZodType
  cron?: string
  lane?: Lane
  run(desk: Desk, payload: unknown, context: JobContext): Promise<void>
}

export function job<P>(declared: Job<P>): AnyJob {
  return { ...declared, run: (desk, payload, context) => declared.run(desk, declared.payload.parse(payload), context) }
}
