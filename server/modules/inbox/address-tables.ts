import { sql } from 'drizzle-orm'
import { boolean, date, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { AddressState } from '#contract/addresses.ts'
import { messages } from './tables.ts'
import { idColumn, instant } from '#platform/columns.ts'

/** What is known of an address that mail went to. Without a row nothing speaks against it. */
export const mailAddresses = pgTable(
  'mail_addresses',
  {
    /** Lower case. */
    email: text('email').primaryKey(),
    state: text('state').$type<AddressState>().notNull().default('ok'),
    /** The reason of the last failure, `complaint`, or `by_hand`; null when all is well. */
    reason: text('reason'),
    /** The enhanced status code that came with it. */
    status: text('status'),
    /** When it came into this state. */
    since: instant('since').notNull(),
    /** Soft failures in a row and when the row began. */
    softCount: smallint('soft_count').notNull().default(0),
    softSince: instant('soft_since'),
    lastFailureAt: instant('last_failure_at'),
    /** Wants no automatic mail, whatever its state. */
    unsubscribedAt: instant('unsubscribed_at'),
    /** The message that failed last. */
    messageId: idColumn('msg')('message_id').references(() => messages.id, { onDelete: 'set null' }),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('mail_addresses_suppressed')
      .on(table.updatedAt, table.email)
      .where(sql`state in ('hard', 'blocked', 'complained') or unsubscribed_at is not null`),
    index('mail_addresses_message').on(table.messageId),
  ],
)

/** Recipients of a mail of ours that did not get it, or not yet. */
export const deliveryFailures = pgTable(
  'delivery_failures',
  {
    messageId: idColumn('msg')('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    kind: text('kind').$type<'hard' | 'soft' | 'block' | 'complaint'>().notNull(),
    reason: text('reason').notNull(),
    status: text('status'),
    diagnostic: text('diagnostic').notNull(),
    remote: text('remote'),
    /** The other side keeps trying. */
    delayed: boolean('delayed').notNull().default(false),
    /** The bounce that says so. */
    reportedBy: idColumn('msg')('reported_by')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.email] }),
    index('delivery_failures_reported').on(table.reportedBy),
  ],
)

/** What absence notices say: one row per notice. */
export const absences = pgTable(
  'absences',
  {
    messageId: idColumn('msg')('message_id')
      .primaryKey()
      .references(() => messages.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    /** The last day away; null when the notice does not say. */
    until: date('until'),
    notedAt: instant('noted_at').notNull(),
  },
  (table) => [index('absences_email').on(table.email, table.notedAt)],
)
