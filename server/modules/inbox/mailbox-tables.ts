import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { contacts } from '#modules/customers/tables.ts'
import { idColumn, instant } from '#platform/columns.ts'
import { sources } from './custody-tables.ts'

/** Further addresses of a mailbox: an alias, or `@domain` for every address of a domain that is nobody else's. */
export const mailboxAliases = pgTable('mailbox_aliases', {
  address: text('address').primaryKey(),
  sourceId: idColumn('box')('source_id')
    .notNull()
    .references(() => sources.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull(),
})

/** What agents decided about a sender who asks for answers at another address. */
export const answerChoices = pgTable(
  'answer_choices',
  {
    contactId: idColumn('con')('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    /** The address asked for. */
    email: text('email').notNull(),
    choice: text('choice').$type<'use' | 'keep'>().notNull(),
    agentId: idColumn('agt')('agent_id'),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.email] })],
)
