import type { Connection } from '../db.ts'

export type JobRequest = {
  name: string
  payload?: unknown
  /** In the desk's time. */
  runAt?: Temporal.Instant
  /** Jobs with the same key replace each other while they wait. */
  key?: string
  /** Jobs of one queue run one after another. */
  queue?: string
  maxAttempts?: number
}

/** Adds a job on the caller's connection: it exists if and only if the transaction commits. `realRunAt` is machine time. */
export async function enqueue(connection: Connection, job: JobRequest, realRunAt?: Temporal.Instant): Promise<void> {
  await connection.query({
    name: 'add-job',
    text: `select from graphile_worker.add_job($1, payload := $2::json, queue_name := $3, run_at := $4,
      max_attempts := $5, job_key := $6, job_key_mode := case when $6::text is null then null else 'replace' end)`,
    values: [
      job.name,
      JSON.stringify(job.payload ?? {}),
      job.queue ?? null,
      realRunAt?.toString() ?? null,
      job.maxAttempts ?? 25,
      job.key ?? null,
    ],
  })
}
