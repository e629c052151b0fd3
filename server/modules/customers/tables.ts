import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Entitlement, Quota } from '#contract/entitlements.ts'
import { idColumn, instant } from '#platform/columns.ts'

export type Profile = { plan?: string; seats?: number; mrr?: { amount: number; currency: string } }

export const accounts = pgTable(
  'accounts',
  {
    id: idColumn('acc')('id').primaryKey(),
    name: text('name').notNull(),
    segment: text('segment').$type<'consumer' | 'enterprise'>().notNull().default('enterprise'),
    profile: jsonb('profile').$type<Profile>().notNull().default({}),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('accounts_created').on(table.createdAt, table.id),
    index('accounts_name_trgm').using('gin', sql`name gin_trgm_ops`),
  ],
)

/** A mail domain belongs to one account, and only once confirmed does it bring contacts in. */
export const accountDomains = pgTable(
  'account_domains',
  {
    domain: text('domain').primaryKey(),
    accountId: idColumn('acc')('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    confirmed: boolean('confirmed').notNull().default(false),
  },
  (table) => [index('account_domains_account').on(table.accountId)],
)

export const contacts = pgTable(
  'contacts',
  {
    id: idColumn('con')('id').primaryKey(),
    name: text('name').notNull(),
    /** The address mail goes to; one of the identities. */
    email: text('email'),
    segment: text('segment').$type<'consumer' | 'enterprise'>().notNull().default('consumer'),
    locale: text('locale'),
    timeZone: text('time_zone'),
    accountId: idColumn('acc')('account_id').references(() => accounts.id, { onDelete: 'set null' }),
    accountRole: text('account_role').$type<'admin' | 'billing' | 'member'>().notNull().default('member'),
    profile: jsonb('profile').$type<Profile>().notNull().default({}),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('contacts_created').on(table.createdAt, table.id),
    index('contacts_email').on(table.email),
    index('contacts_account')
      .on(table.accountId)
      .where(sql`account_id is not null`),
    index('contacts_name_trgm').using('gin', sql`name gin_trgm_ops`),
    index('contacts_email_trgm').using('gin', sql`email gin_trgm_ops`),
  ],
)

export const contactIdentities = pgTable(
  'contact_identities',
  {
    kind: text('kind').$type<'email' | 'slack' | 'discord' | 'external'>().notNull(),
    value: text('value').notNull(),
    contactId: idColumn('con')('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    verified: text('verified').$type<'dmarc' | 'signed_in' | 'code' | 'agent' | 'none'>().notNull().default('none'),
    verifiedAt: instant('verified_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.value] }),
    index('contact_identities_contact').on(table.contactId),
  ],
)

/** What the customer's own product grants, under the product's own key, as last stated. */
export const entitlements = pgTable(
  'entitlements',
  {
    key: text('key').primaryKey(),
    id: idColumn('ent')('id').notNull().unique(),
    kind: text('kind').$type<Entitlement['kind']>().notNull(),
    name: text('name'),
    /** Whose it is; found again at every reading, so that it holds for people we meet later. */
    email: text('email'),
    domain: text('domain'),
    contactId: idColumn('con')('contact_id').references(() => contacts.id, { onDelete: 'set null' }),
    accountId: idColumn('acc')('account_id').references(() => accounts.id, { onDelete: 'set null' }),
    access: text('access').$type<Entitlement['access']>().notNull(),
    accessUntil: instant('access_until'),
    plan: text('plan'),
    seats: integer('seats'),
    seatsUsed: integer('seats_used'),
    quotas: jsonb('quotas').$type<Quota[]>().notNull().default([]),
    source: text('source').$type<Entitlement['source']>().notNull(),
    sourceName: text('source_name').notNull(),
    /** When it was so at the product; orders statements. */
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    index('entitlements_email')
      .on(table.email)
      .where(sql`email is not null`),
    index('entitlements_domain')
      .on(table.domain)
      .where(sql`domain is not null`),
    index('entitlements_contact')
      .on(table.contactId)
      .where(sql`contact_id is not null`),
    index('entitlements_account')
      .on(table.accountId)
      .where(sql`account_id is not null`),
  ],
)
