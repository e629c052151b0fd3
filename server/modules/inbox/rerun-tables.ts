import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Disposition } from '#contract/custody.ts'
import { idColumn, instant } from '#platform/columns.ts'
import { receipts } from './custody-tables.ts'

/** Many parked items tried again by one job, in the name of who asked for it. */
export const custodyReruns = pgTable('custody_reruns', {
  id: idColumn('rrn')('id').primaryKey(),
  /** Null for all that were parked. */
  reason: text('reason'),
  total: integer('total').notNull(),
  actorKind: text('actor_kind').$type<'agent' | 'api' | 'contact' | 'system'>().notNull(),
  actorId: text('actor_id'),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
})

export const custodyRerunItems = pgTable(
  'custody_rerun_items',
  {
    rerunId: idColumn('rrn')('rerun_id')
      .notNull()
      .references(() => custodyReruns.id, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    receiptId: idColumn('itm')('receipt_id')
      .notNull()
      .references(() => receipts.id, { onDelete: 'cascade' }),
    /** Null until it was tried. */
    became: text('became').$type<Disposition>(),
    trouble: text('trouble'),
  },
  (table) => [
    primaryKey({ columns: [table.rerunId, table.place] }),
    index('custody_rerun_items_item').on(table.receiptId),
  ],
)
