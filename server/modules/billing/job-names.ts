import type { Id } from '#contract/ids.ts'
import type { JobRequest } from '#platform/jobs/enqueue.ts'

/** Wakes the job of an account, which finds out itself what there is to do, so that any number of calls is one run. */
const waking =
  (name: string, isQueued = false) =>
  (account: string): JobRequest => {
    const key = `${name}:${account}`
    return { name, payload: { account }, key, ...(isQueued ? { queue: key } : {}) }
  }

export const wakeWebhooks = waking('billing.webhooks', true)
// One at a time: several would divide what waits, and each page of a list would answer for less of it.
export const wakeMirror = waking('billing.mirror', true)
export const wakeBackfill = waking('billing.backfill')
export const wakeAudit = waking('billing.audit-mirror')
export const wakeConnect = waking('billing.connect')
export const wakeCompare = waking('billing.compare-events')
export const wakeFollow = waking('billing.follow-customers')

export function listCustomer(account: string, customer: string): JobRequest {
  const key = `billing.list-customer:${account}:${customer}`
  return { name: 'billing.list-customer', payload: { account, customer }, key }
}

export function matchCustomers(account: string, customers: readonly string[]): JobRequest {
  return { name: 'billing.match-customers', payload: { account, customers } }
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
