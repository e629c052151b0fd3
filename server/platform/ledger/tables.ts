import { sql } from 'drizzle-orm'
import { bigserial, index, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { idColumn, instant, xid8 } from '../columns.ts'

/** The one ledger. Append only; `data` never holds free text or personal data. */
export const events = pgTable(
  'events',
  {
    id: idColumn('evt')('id').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    type: text('type').notNull(),
    version: smallint('version').notNull().default(1),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    causeId: idColumn('evt')('cause_id'),
    ticketId: idColumn('tkt')('ticket_id'),
    contactId: idColumn('con')('contact_id'),
    accountId: idColumn('acc')('account_id'),
    operationId: idColumn('op')('operation_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('events_follow').on(table.tx, table.seq),
    index('events_seq').on(table.seq),
    index('events_ticket')
      .on(table.ticketId, table.seq)
      .where(sql`ticket_id is not null`),
    index('events_operation')
      .on(table.operationId, table.seq)
      .where(sql`operation_id is not null`),
    index('events_type').on(table.type, table.occurredAt),
    index('events_custody_rerun')
      .on(sql`(data ->> 'itemId')`, table.seq)
      .where(sql`type = 'custody.rerun'`),
    // Only people and keys: what the machine writes during ingest is not asked for by its author.
    index('events_actor')
      .on(table.actorId, table.seq)
      .where(sql`actor_kind in ('agent', 'api')`),
  ],
)

/** Answers already given to writes that carried an Idempotency-Key; the claim commits with the write itself. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    key: text('key').primaryKey(),
    requestHash: text('request_hash').notNull(),
    status: smallint('status'),
    body: jsonb('body'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('idempotency_keys_created').on(table.createdAt)],
)

/** Small durable facts of the platform itself, such as how far the demo company has been made. */
export const platformState = pgTable('platform_state', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
})
