import * as z from 'zod'
import { job, type AnyJob } from '#platform/jobs/job.ts'
import { sweep } from './actions/sweep.ts'

export const jobs: AnyJob[] = [
  job({ name: 'team.sweep', payload: z.object({}), cron: '17 3 * * *', run: async (desk) => sweep(desk) }),
]
