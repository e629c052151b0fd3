import { index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { idColumn, instant } from '#platform/columns.ts'

/** Why a requester counts as having authority although their mail alone does not show it. */
export const authorityGrants = pgTable(
  'authority_grants',
  {
    id: idColumn('evt')('id').primaryKey(),
    ticketId: idColumn('tkt')('ticket_id').notNull(),
    kind: text('kind').$type<'override' | 'code'>().notNull(),
    /** For a code: whose billing address it went to. */
    customerId: text('customer_id'),
    sentTo: text('sent_to'),
    reason: text('reason'),
    byName: text('by_name').notNull(),
    grantedBy: text('granted_by'),
    at: instant('at').notNull(),
  },
  (table) => [index('authority_grants_ticket').on(table.ticketId, table.at)],
)

export const authorityCodes = pgTable(
  'authority_codes',
  {
    id: idColumn('evt')('id').primaryKey(),
    ticketId: idColumn('tkt')('ticket_id').notNull(),
    customerId: text('customer_id').notNull(),
    sentTo: text('sent_to').notNull(),
    hash: text('hash').notNull(),
    tries: smallint('tries').notNull().default(0),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('authority_codes_ticket').on(table.ticketId, table.createdAt)],
)
