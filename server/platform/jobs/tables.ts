import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'

/** The processes that run jobs. Each holds an advisory lock while it lives; a row whose lock is free belongs to a dead one. */
export const workerProcesses = pgTable('worker_processes', {
  id: text('id').primaryKey(),
  lock: integer('lock').notNull().unique(),
  startedAt: instant('started_at').notNull(),
})
