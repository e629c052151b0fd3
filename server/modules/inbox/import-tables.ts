import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { ImportState } from '#contract/imports.ts'
import { contacts } from '#modules/customers/tables.ts'
import { idColumn, instant } from '#platform/columns.ts'
import { sources } from './custody-tables.ts'
import { tickets } from './tables.ts'

/** Mail from elsewhere, taken in as history. */
export const imports = pgTable('imports', {
  id: idColumn('imp')('id').primaryKey(),
  sourceId: idColumn('box')('source_id')
    .notNull()
    .references(() => sources.id),
  /** The file's or folder's name, as people know it. */
  name: text('name').notNull(),
  kind: text('kind').$type<'mbox' | 'maildir'>().notNull(),
  /** Below the folder for imports. */
  path: text('path').notNull(),
  /** Sent here in pieces, and deleted when it is done. */
  uploaded: boolean('uploaded').notNull(),
  /** Bytes of an mbox, mails of a Maildir. */
  total: bigint('total', { mode: 'number' }).notNull(),
  state: text('state').$type<ImportState>().notNull(),
  /** Where the next mail is looked for; committed with the mails before it. */
  position: text('position').notNull(),
  /** How far it is, in the units of `total`. */
  done: bigint('done', { mode: 'number' }).notNull().default(0),
  read: integer('read').notNull().default(0),
  filed: integer('filed').notNull().default(0),
  duplicates: integer('duplicates').notNull().default(0),
  parked: integer('parked').notNull().default(0),
  /** Marked as deleted or draft in a Maildir. */
  leftOut: integer('left_out').notNull().default(0),
  /** What an undoing took away, and what it kept because somebody has worked on it since. */
  removed: integer('removed').notNull().default(0),
  kept: integer('kept').notNull().default(0),
  trouble: text('trouble'),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
})

/** What each mail of an import became; what an undoing takes away is read from here. */
export const importItems = pgTable(
  'import_items',
  {
    importId: idColumn('imp')('import_id')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    /** Null once it was undone. */
    receiptId: idColumn('itm')('receipt_id'),
    ticketId: idColumn('tkt')('ticket_id'),
    messageId: idColumn('msg')('message_id'),
    /** It opened its ticket. */
    opened: boolean('opened').notNull().default(false),
    /** The contact that was made for it. */
    contactId: idColumn('con')('contact_id').references(() => contacts.id, { onDelete: 'set null' }),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.place] }),
    index('import_items_ticket').on(table.ticketId),
    uniqueIndex('import_items_receipt').on(table.receiptId),
  ],
)

/** Every Message-ID that an imported conversation names, so that its mails find each other in any order. */
export const importThreads = pgTable(
  'import_threads',
  {
    sourceId: idColumn('box')('source_id')
      .notNull()
      .references(() => sources.id),
    messageKey: text('message_key').notNull(),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.messageKey] }),
    index('import_threads_ticket').on(table.ticketId),
  ],
)
