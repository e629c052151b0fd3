import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { receipts, sources } from './custody-tables.ts'
import { idColumn, instant } from '#platform/columns.ts'

/** A mailbox that is read over IMAP: how, and how that goes. One per mailbox at most. */
export const feeds = pgTable('feeds', {
  sourceId: idColumn('box')('source_id')
    .primaryKey()
    .references(() => sources.id, { onDelete: 'cascade' }),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  security: text('security').$type<'tls' | 'starttls' | 'offered'>().notNull(),
  verifyCertificate: boolean('verify_certificate').notNull().default(true),
  username: text('username').notNull(),
  auth: text('auth').$type<'password' | 'oauth2'>().notNull(),
  tokenUrl: text('token_url'),
  clientId: text('client_id'),
  /** Encrypted JSON: the password, or the client secret and the refresh token. */
  secret: text('secret').notNull(),
  folders: text('folders').array().notNull(),
  readSent: boolean('read_sent').notNull().default(true),
  /** Null: whatever the server says is the Sent folder. */
  sentFolder: text('sent_folder'),
  /** Mail that arrived since then is read too; null for new mail only. */
  backfillSince: instant('backfill_since'),
  paused: boolean('paused').notNull().default(false),
  /** Goes up with every change; a reader of an older one starts over. */
  version: integer('version').notNull().default(1),
  /** Goes up when somebody wants it read at once. */
  pokes: integer('pokes').notNull().default(0),
  reconcileAsked: boolean('reconcile_asked').notNull().default(false),
  lastSuccessAt: instant('last_success_at'),
  failingSince: instant('failing_since'),
  error: text('error'),
  createdAt: instant('created_at').notNull(),
})

/** How far a folder has been read. */
export const feedFolders = pgTable(
  'feed_folders',
  {
    id: integer('id').generatedAlwaysAsIdentity().primaryKey(),
    sourceId: idColumn('box')('source_id')
      .notNull()
      .references(() => feeds.sourceId, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    role: text('role').$type<'inbox' | 'sent'>().notNull(),
    uidValidity: bigint('uid_validity', { mode: 'number' }).notNull(),
    /** Goes up when the server numbers the folder anew; a UID means something within one epoch only. */
    epoch: smallint('epoch').notNull().default(0),
    firstOpenedAt: instant('first_opened_at').notNull(),
    /** Mail from this UID on came after the folder was first opened in this epoch. */
    startUid: bigint('start_uid', { mode: 'number' }).notNull(),
    /** Everything from `startUid` to before this one is recorded. */
    nextUid: bigint('next_uid', { mode: 'number' }).notNull(),
    /** What lies before `startUid` is read from here on up; null when that is done or not wanted. */
    olderNext: bigint('older_next', { mode: 'number' }),
    /** The oldest arrival that is wanted of it. */
    olderSince: instant('older_since'),
    /** How many of it are read, and how many lie there in all as far as the server has listed them. */
    olderDone: integer('older_done').notNull().default(0),
    olderTotal: integer('older_total').notNull().default(0),
    /** The mail that was being fetched when a connection broke, and how often in a row. */
    suspectUid: bigint('suspect_uid', { mode: 'number' }),
    suspectTries: smallint('suspect_tries').notNull().default(0),
    /** Listed by the server and not read yet, at the last look. */
    waiting: integer('waiting').notNull().default(0),
    reconciledAt: instant('reconciled_at'),
    /** At the last comparison: what the server has that is ours to read, and how much of that is recorded. */
    serverCount: integer('server_count'),
    recordedCount: integer('recorded_count'),
    /** How many mails fewer than it announced the server listed. */
    unlisted: integer('unlisted').notNull().default(0),
  },
  (table) => [uniqueIndex('feed_folders_path').on(table.sourceId, table.path)],
)

/** What became of every mail that was seen in a folder. */
export const feedItems = pgTable(
  'feed_items',
  {
    folderId: integer('folder_id')
      .notNull()
      .references(() => feedFolders.id, { onDelete: 'cascade' }),
    epoch: smallint('epoch').notNull(),
    uid: bigint('uid', { mode: 'number' }).notNull(),
    /** `missing`: the server lists it and does not hand it out. `gone`: it was deleted before it could be read. */
    state: text('state').$type<FeedItemState>().notNull(),
    receiptId: idColumn('itm')('receipt_id').references(() => receipts.id, { onDelete: 'set null' }),
    messageId: idColumn('msg')('message_id'),
    /** The mail's Message-ID where it is known without the mail. */
    providerId: text('provider_id'),
    /** It lay there before the mailbox was connected: nobody is written to because of it. */
    history: boolean('history').notNull().default(false),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.folderId, table.epoch, table.uid] }),
    index('feed_items_receipt')
      .on(table.receiptId)
      .where(sql`receipt_id is not null`),
    index('feed_items_missing')
      .on(table.folderId)
      .where(sql`state = 'missing'`),
  ],
)

export type FeedItemState = 'received' | 'parked' | 'missing' | 'gone' | 'sent_filed' | 'sent_known' | 'sent_other'
