import * as z from 'zod'
import { id } from '#contract/ids.ts'
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

const nothing = z.object({})
const everyMinute = '* * * * *'

export const jobs: AnyJob[] = [
  job({ name: 'billing.connect', lane: 'outside', payload: nothing, run: connectStripe }),
  job({
    name: 'billing.webhooks',
    payload: nothing,
    cron: everyMinute,
    run: async (desk) => {
      await processWebhooks(desk)
    },
  }),
  job({
    name: 'billing.mirror',
    lane: 'outside',
    payload: nothing,
    run: async (desk) => {
      await fetchMirror(desk)
    },
  }),
  job({ name: 'billing.backfill', lane: 'outside', payload: nothing, run: backfill }),
  job({
    name: 'billing.audit-mirror',
    lane: 'outside',
    payload: nothing,
    cron: '41 2 * * *',
    run: async (desk) => {
      await auditMirror(desk)
    },
  }),
  job({ name: 'billing.compare-events', lane: 'outside', payload: nothing, cron: everyMinute, run: compareWhenDue }),
  job({
    name: 'billing.list-customer',
    lane: 'outside',
    payload: z.object({ customer: z.string() }),
    run: (desk, { customer }) => readCustomer(desk, customer),
  }),
  job({
    name: 'billing.match-customers',
    payload: z.object({ customers: z.array(z.string()) }),
    run: async (desk, { customers }) => {
      await matchCustomers(desk, customers)
    },
  }),
  job({ name: 'billing.follow-customers', payload: nothing, cron: everyMinute, run: followCustomers }),
  job({
    name: 'billing.run-operation',
    lane: 'outside',
    payload: z.object({ operationId: id('op'), recheck: z.boolean().optional() }),
    run: (desk, { operationId, recheck }) => runOperation(desk, operationId, { recheck: recheck ?? false }),
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
