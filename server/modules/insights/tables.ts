import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { tickets } from '#modules/inbox/tables.ts'
import { idColumn, instant } from '#platform/columns.ts'
import type { StoredFacts } from './stored-facts.ts'

/** One row per ticket: its ledger folded into what figures are made of. Nothing but a copy: dropped, it comes back. */
export const ticketFacts = pgTable(
  'ticket_facts',
  {
    ticketId: idColumn('tkt')('ticket_id')
      .primaryKey()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    /** Since when it is over; `infinity` while it is open. With `created_at`, the spans of time it belongs to. */
    endedAt: instant('ended_at').notNull(),
    /** The last ledger line in it. A ticket's lines are written one after another, so all before it are in it too. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    facts: jsonb('facts').$type<StoredFacts>().notNull(),
  },
  (table) => [
    index('ticket_facts_created').on(table.createdAt, table.ticketId, table.endedAt),
    index('ticket_facts_ended').on(table.endedAt, table.createdAt),
  ],
)

/** How far a projection has followed the ledger. */
export const ledgerCursors = pgTable('ledger_cursors', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
})
