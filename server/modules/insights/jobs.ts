import * as z from 'zod'
import { job, type AnyJob } from '#platform/jobs/job.ts'
import { followLedger } from './actions/follow-ledger.ts'

export const jobs: AnyJob[] = [
  job({
    name: 'insights.follow',
    payload: z.object({}),
    cron: '* * * * *',
    run: async (desk) => {
      await followLedger(desk, { wait: false })
    },
  }),
]
