import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { ProductActionDefinition } from '#contract/product.ts'
import { idColumn, instant } from '#platform/columns.ts'

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

/** Ids of the product's webhooks, so that each counts once. */
export const productWebhooks = pgTable(
  'product_webhooks',
  { id: text('id').primaryKey(), type: text('type').notNull(), receivedAt: instant('received_at').notNull() },
  (table) => [index('product_webhooks_received').on(table.receivedAt)],
)
