import * as z from 'zod'
import { id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { JobRequest } from '#platform/jobs/enqueue.ts'
import { job, type AnyJob } from '#platform/jobs/job.ts'
import { auditMirror } from './actions/audit-mirror.ts'
import { backfill } from './actions/backfill.ts'
import { compareWhenDue } from './actions/compare-events.ts'
import { connectStripe } from './actions/connect.ts'
import { expireApprovals } from './actions/expire-approvals.ts'
import { fetchMirror } from './actions/fetch-mirror.ts'
import { followCustomers } from './actions/follow-customers.ts'
import { processWebhooks } from './actions/process-webhooks.ts'
import { matchCustomers } from './actions/propose-links.ts'
import { readCustomer } from './actions/read-customer.ts'
import { resumeOperations } from './actions/resume-operations.ts'
import { runOperation } from './actions/run-operation.ts'
import { sweepBilling } from './actions/sweep.ts'
import { wakeAudit, wakeBackfill, wakeCompare, wakeConnect, wakeFollow, wakeMirror, wakeWebhooks } from './job-names.ts'
import { furtherAccounts } from './store/stripe-accounts.ts'
import { findAccount, onOperation } from './stripe-accounts.ts'

const nothing = z.object({})
const ofAccount = z.object({ account: z.string().optional() })
const everyMinute = '* * * * *'

/** Work on the account its payload names. A scheduled run names none: it is the first's, and wakes one for each other. */
function perAccount(wake: (account: string) => JobRequest, work: (desk: Desk) => Promise<unknown>) {
  return async (desk: Desk, { account }: { account?: string | undefined }): Promise<void> => {
    if (account === undefined)
      for (const further of await furtherAccounts(desk)) await desk.enqueue(wake(further.account))
    const at = account === undefined ? desk : await findAccount(desk, account)
    if (at) await work(at)
  }
}

export const jobs: AnyJob[] = [
  job({ name: 'billing.connect', lane: 'outside', payload: ofAccount, run: perAccount(wakeConnect, connectStripe) }),
  job({
    name: 'billing.webhooks',
    payload: ofAccount,
    cron: everyMinute,
    run: perAccount(wakeWebhooks, processWebhooks),
  }),
  job({
    name: 'billing.mirror',
    lane: 'outside',
    payload: ofAccount,
    run: perAccount(wakeMirror, fetchMirror),
  }),
  job({ name: 'billing.backfill', lane: 'outside', payload: ofAccount, run: perAccount(wakeBackfill, backfill) }),
  job({
    name: 'billing.audit-mirror',
    lane: 'outside',
    payload: ofAccount,
    cron: '41 2 * * *',
    run: perAccount(wakeAudit, (desk) => auditMirror(desk)),
  }),
  job({
    name: 'billing.compare-events',
    lane: 'outside',
    payload: ofAccount,
    cron: everyMinute,
    run: perAccount(wakeCompare, compareWhenDue),
  }),
  job({
    name: 'billing.list-customer',
    lane: 'outside',
    payload: ofAccount.extend({ customer: z.string() }),
    run: async (desk, { account, customer }) => {
      const at = await findAccount(desk, account ?? desk.ports.payments.account)
      if (at) await readCustomer(at, customer)
    },
  }),
  job({
    name: 'billing.match-customers',
    payload: ofAccount.extend({ customers: z.array(z.string()) }),
    run: async (desk, { account, customers }) => {
      const at = await findAccount(desk, account ?? desk.ports.payments.account)
      if (at) await matchCustomers(at, customers)
    },
  }),
  job({
    name: 'billing.follow-customers',
    payload: ofAccount,
    cron: everyMinute,
    run: perAccount(wakeFollow, followCustomers),
  }),
  job({
    name: 'billing.run-operation',
    lane: 'outside',
    payload: z.object({ operationId: id('op'), recheck: z.boolean().optional() }),
    run: async (desk, { operationId, recheck }) => {
      const at = await onOperation(desk, operationId)
      if (at) await runOperation(at, operationId, { recheck: recheck ?? false })
    },
  }),
  job({
    name: 'billing.resume-operations',
    payload: nothing,
    cron: everyMinute,
    run: (desk) => resumeOperations(desk, 'due'),
  }),
  job({ name: 'billing.expire-approvals', payload: nothing, cron: '*/5 * * * *', run: expireApprovals }),
  job({ name: 'billing.sweep', payload: nothing, cron: '17 3 * * *', run: sweepBilling }),
]
