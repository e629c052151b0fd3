import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Disposition } from '#contract/custody.ts'
import type { PlusState } from '#contract/mailboxes.ts'
import { teams } from '#modules/team/tables.ts'
import { bytea, idColumn, instant } from '#platform/columns.ts'

/** Where items come from: one row per mailbox. */
export const sources = pgTable('sources', {
  id: idColumn('box')('id').primaryKey(),
  channel: text('channel').$type<'email'>().notNull().default('email'),
  address: text('address').notNull().unique(),
  name: text('name').notNull(),
  teamId: idColumn('tea')('team_id')
    .notNull()
    .references(() => teams.id),
  autoAcknowledge: boolean('auto_acknowledge').notNull().default(false),
  acknowledgement: text('acknowledgement').notNull().default(''),
  enabled: boolean('enabled').notNull().default(true),
  /** Whether mail to `name+anything@` comes back here, as a mail the desk wrote to itself has shown. */
  plusState: text('plus_state').$type<PlusState>().notNull().default('unknown'),
  plusCheckedAt: instant('plus_checked_at'),
  /** An answer leaves from the alias that the customer wrote to. */
  answerFromAlias: boolean('answer_from_alias').notNull().default(false),
  createdAt: instant('created_at').notNull(),
})

/** One row per item that arrived. Identity is per source: provider id and content hash. */
export const receipts = pgTable(
  'receipts',
  {
    id: idColumn('itm')('id').primaryKey(),
    sourceId: idColumn('box')('source_id')
      .notNull()
      .references(() => sources.id),
    /** Message-ID without brackets, or `sha256:…` of the raw bytes when there is none. */
    providerId: text('provider_id').notNull(),
    contentHash: text('content_hash').notNull(),
    disposition: text('disposition').$type<Disposition>().notNull(),
    reason: text('reason').notNull(),
    fromAddress: text('from_address'),
    subject: text('subject'),
    size: integer('size').notNull(),
    envelope: jsonb('envelope')
      .$type<{ from: string; to: string[]; ip: string | null; helo: string | null }>()
      .notNull(),
    flagged: boolean('flagged').notNull().default(false),
    reruns: smallint('reruns').notNull().default(0),
    ticketId: idColumn('tkt')('ticket_id'),
    messageId: idColumn('msg')('message_id'),
    /** For a duplicate: the receipt it repeats. */
    duplicateOf: idColumn('itm')('duplicate_of'),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    // Held for everything but duplicates, which are rows of their own.
    uniqueIndex('receipts_identity')
      .on(table.sourceId, table.providerId, table.contentHash)
      .where(sql`disposition <> 'duplicate'`),
    index('receipts_received').on(table.receivedAt, table.id),
    index('receipts_disposition').on(table.disposition, table.receivedAt, table.id),
    index('receipts_source').on(table.sourceId, table.receivedAt, table.id),
    index('receipts_provider').on(table.providerId),
    index('receipts_source_disposition').on(table.sourceId, table.disposition, table.receivedAt, table.id),
    index('receipts_flagged')
      .on(table.receivedAt, table.id)
      .where(sql`flagged`),
    index('receipts_sender').on(sql`lower(from_address)`, table.receivedAt, table.id),
    index('receipts_duplicates')
      .on(table.duplicateOf, table.receivedAt)
      .where(sql`duplicate_of is not null`),
    // Parts of senders, subjects and recipients. What arrives waits in a short list and is merged many at once: 0.07 ms a mail.
    index('receipts_text')
      .using('gin', sql`from_address gin_trgm_ops`, sql`subject gin_trgm_ops`, sql`(envelope ->> 'to') gin_trgm_ops`)
      .with({ fastupdate: true, gin_pending_list_limit: 512 }),
    index('receipts_message')
      .on(table.messageId)
      .where(sql`message_id is not null`),
  ],
)

/** Counts per source and disposition, so that the custody page never counts a million rows. */
export const custodyCounts = pgTable(
  'custody_counts',
  {
    sourceId: idColumn('box')('source_id')
      .notNull()
      .references(() => sources.id),
    disposition: text('disposition').$type<Disposition>().notNull(),
    slot: smallint('slot').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.disposition, table.slot] })],
)

/** The bytes exactly as they came. Once per content, however often it arrived. */
export const rawItems = pgTable('raw_items', {
  receiptId: idColumn('itm')('receipt_id')
    .primaryKey()
    .references(() => receipts.id, { onDelete: 'cascade' }),
  bytes: bytea('bytes').notNull(),
})

/**
 * Mails whose work after receipt is not done: indexing, acknowledgement, sender authentication. A row beside the receipt
 * instead of a job of its own, because adding a job costs the mail's transaction more than filing the mail does.
 */
export const receiptWork = pgTable('receipt_work', {
  receiptId: idColumn('itm')('receipt_id')
    .primaryKey()
    .references(() => receipts.id, { onDelete: 'cascade' }),
  messageId: idColumn('msg')('message_id').notNull(),
  indexed: boolean('indexed').notNull().default(false),
})
