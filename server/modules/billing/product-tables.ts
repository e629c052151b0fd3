import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { ParameterValues, ProductActionDefinition, ProductOperation } from '#contract/product.ts'
import { idColumn, instant } from '#platform/columns.ts'
import type { ProductAttempt, ProductLookup } from './rules/product-step.ts'

/** The secrets between the desk and the product, encrypted: `calls` signs ours, `webhooks` the product's. */
export const productSecrets = pgTable('product_secrets', {
  use: text('use').$type<'calls' | 'webhooks'>().primaryKey(),
  sealed: text('sealed').notNull(),
  madeAt: instant('made_at').notNull(),
})

export const productActions = pgTable('product_actions', {
  id: idColumn('pac')('id').primaryKey(),
  name: text('name').notNull().unique(),
  version: integer('version').notNull().default(1),
  definition: jsonb('definition').$type<ProductActionDefinition>().notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** One intended effect at the product, with the definition it was ordered under. */
export const productOperations = pgTable(
  'product_operations',
  {
    id: idColumn('pop')('id').primaryKey(),
    actionId: idColumn('pac')('action_id').notNull(),
    definition: jsonb('definition').$type<ProductActionDefinition>().notNull(),
    key: text('key').notNull(),
    parameters: jsonb('parameters').$type<ParameterValues>().notNull(),
    state: text('state').$type<ProductOperation['state']>().notNull(),
    seen: jsonb('seen').$type<string[]>().notNull(),
    contactId: idColumn('con')('contact_id'),
    ticketId: idColumn('tkt')('ticket_id'),
    approval: text('approval').$type<'lead' | 'finance'>(),
    decidedByName: text('decided_by_name'),
    reason: text('reason'),
    requestedBy: text('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    problem: text('problem'),
    nextAt: instant('next_at'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('product_operations_created').on(table.createdAt, table.id),
    index('product_operations_ticket')
      .on(table.ticketId, table.createdAt)
      .where(sql`ticket_id is not null`),
    index('product_operations_contact')
      .on(table.contactId, table.createdAt)
      .where(sql`contact_id is not null`),
    index('product_operations_moving')
      .on(table.key)
      .where(sql`state in ('queued', 'running', 'verifying')`),
  ],
)

/** Every call and look-up, written before it is made. */
export const productAttempts = pgTable(
  'product_attempts',
  {
    operationId: idColumn('pop')('operation_id')
      .notNull()
      .references(() => productOperations.id, { onDelete: 'cascade' }),
    seq: smallint('seq').notNull(),
    kind: text('kind').$type<'call' | 'look_up'>().notNull(),
    key: text('key').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    outcome: text('outcome').$type<ProductAttempt['outcome'] | ProductLookup['outcome']>().notNull(),
    detail: text('detail'),
    retryAfterMs: integer('retry_after_ms'),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.seq] })],
)

/** Ids of the product's webhooks, so that each counts once. */
export const productWebhooks = pgTable(
  'product_webhooks',
  { id: text('id').primaryKey(), type: text('type').notNull(), receivedAt: instant('received_at').notNull() },
  (table) => [index('product_webhooks_received').on(table.receivedAt)],
)
