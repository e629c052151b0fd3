import type { Id } from '#contract/ids.ts'
import type { JobRequest } from '#platform/jobs/enqueue.ts'

// Each wakes a job that finds out itself what there is to do, so that any number of calls is one run.
export const wakeWebhooks: JobRequest = { name: 'billing.webhooks', key: 'billing.webhooks', queue: 'billing.webhooks' }
// One at a time: several would divide what waits, and each page of a list would answer for less of it.
export const wakeMirror: JobRequest = { name: 'billing.mirror', key: 'billing.mirror', queue: 'billing.mirror' }
export const wakeBackfill: JobRequest = { name: 'billing.backfill', key: 'billing.backfill' }
export const auditMirrorJob: JobRequest = { name: 'billing.audit-mirror', key: 'billing.audit-mirror' }
export const wakeConnect: JobRequest = { name: 'billing.connect', key: 'billing.connect' }

export function listCustomer(customer: string): JobRequest {
  return { name: 'billing.list-customer', payload: { customer }, key: `billing.list-customer:${customer}` }
}

export function matchCustomers(customers: readonly string[]): JobRequest {
  return { name: 'billing.match-customers', payload: { customers } }
}

/** Goes on with an operation, at once or at `runAt`; an earlier request for the same one is replaced. */
export function runOperationJob(operationId: Id<'op'>, runAt?: Temporal.Instant, recheck = false): JobRequest {
  return {
    name: 'billing.run-operation',
    payload: { operationId, ...(recheck ? { recheck } : {}) },
    key: `billing.operation:${operationId}`,
    ...(runAt ? { runAt } : {}),
  }
}
