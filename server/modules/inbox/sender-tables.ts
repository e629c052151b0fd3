import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { idColumn, instant } from '#platform/columns.ts'
import { sources } from './custody-tables.ts'
import { messages } from './tables.ts'

/** How a mailbox sends, where it does not send as the desk does. */
export const senders = pgTable('senders', {
  mailboxId: idColumn('box')('mailbox_id')
    .primaryKey()
    .references(() => sources.id, { onDelete: 'cascade' }),
  /** In From instead of the mailbox's name; `{agent}` stands for who writes. */
  displayName: text('display_name'),
  /** A server of its own; null for the desk's. */
  host: text('host'),
  port: integer('port'),
  /** TLS from the first byte; otherwise STARTTLS. */
  secure: boolean('secure').notNull().default(false),
  tls: text('tls').$type<'opportunistic' | 'required' | 'verified'>().notNull().default('opportunistic'),
  username: text('username'),
  /** Encrypted. */
  password: text('password'),
  /** Takes what comes back, instead of the mailbox itself. */
  bounceDomain: text('bounce_domain'),
  updatedAt: instant('updated_at').notNull(),
})

/** What signs the mail of a domain. Kept when retired: a mail waiting under an older key keeps its bytes. */
export const dkimKeys = pgTable(
  'dkim_keys',
  {
    domain: text('domain').notNull(),
    selector: text('selector').notNull(),
    algorithm: text('algorithm').$type<'rsa' | 'ed25519'>().notNull(),
    /** PKCS#8 PEM, encrypted. */
    privateKey: text('private_key').notNull(),
    /** The `p=` of its DNS record. */
    publicKey: text('public_key').notNull(),
    enabled: boolean('enabled').notNull().default(false),
    retiredAt: instant('retired_at'),
    /** When its DNS record was last looked at, and what was wrong with it; null when nothing. */
    checkedAt: instant('checked_at'),
    problem: text('problem'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.domain, table.selector] })],
)

/** What became of each try to hand a mail over. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    messageId: idColumn('msg')('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    attempt: smallint('attempt').notNull(),
    outcome: text('outcome').$type<'sent' | 'retry' | 'failed' | 'unknown'>().notNull(),
    /** The server's line, or why there was none. */
    answer: text('answer').notNull(),
    recipients: text('recipients')
      .array()
      .notNull()
      .default(sql`'{}'`),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.attempt] })],
)

/** How fast a recipient domain is written to, one row per domain. */
export const domainPaces = pgTable('domain_paces', {
  domain: text('domain').primaryKey(),
  /** When the last mails went or will go, in milliseconds, oldest first; as many as a minute may take. */
  goes: bigint('goes', { mode: 'number' })
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** Answers "too fast" since the last mail that was taken. */
  refusals: smallint('refusals').notNull().default(0),
  /** Nothing goes there before; null when nothing is held. */
  notBefore: instant('not_before'),
  reason: text('reason'),
})

/** The place of a waiting or leaving mail in the pace of a domain. */
export const pacedDeliveries = pgTable(
  'paced_deliveries',
  {
    messageId: idColumn('msg')('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    domain: text('domain').notNull(),
    /** When its turn is; it has counted since it was given. */
    goesAt: instant('goes_at').notNull(),
    /** The process that hands it over, while it does. */
    worker: text('worker'),
    since: instant('since'),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.domain] }),
    index('paced_deliveries_domain').on(table.domain),
  ],
)
