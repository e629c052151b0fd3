import * as z from 'zod'
import { id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { job, type AnyJob } from '#platform/jobs/job.ts'
import { runProductJob } from '../job-names.ts'
import { runProduct } from './run.ts'
import { movingOperations } from './views.ts'

const nothing = z.object({})

/** Wakes what should be moving: after a crash its job may be lost. Waking one that is worked on does nothing. */
export async function resumeProduct(desk: Desk, which: 'all' | 'due'): Promise<void> {
  for (const one of await movingOperations(desk, which)) await desk.enqueue(runProductJob(one))
}

const keepWebhookDays = 90

async function sweepProduct(desk: Desk): Promise<void> {
  const before = desk.now().subtract({ hours: 24 * keepWebhookDays })
  await desk.connection.query('delete from product_webhooks where received_at < $1', [before.toString()])
}

export const productJobs: AnyJob[] = [
  job({
    name: 'billing.run-product',
    lane: 'outside',
    payload: z.object({ operationId: id('pop') }),
    run: (desk, { operationId }) => runProduct(desk, operationId),
  }),
  job({
    name: 'billing.resume-product',
    payload: nothing,
    cron: '* * * * *',
    run: (desk) => resumeProduct(desk, 'due'),
  }),
  job({ name: 'billing.sweep-product', payload: nothing, cron: '23 3 * * *', run: sweepProduct }),
]
