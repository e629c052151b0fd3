import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Role } from '#contract/team.ts'
import { idColumn, instant } from '#platform/columns.ts'

/** People who work here. Sign-in's own fields (email_verified, image, two_factor_enabled) belong to better-auth. */
export const agents = pgTable('agents', {
  id: idColumn('agt')('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  roles: text('roles')
    .array()
    .$type<Role[]>()
    .notNull()
    .default(sql`'{}'`),
  visibility: text('visibility').$type<'all' | 'teams'>().notNull().default('all'),
  state: text('state').$type<'invited' | 'active' | 'disabled'>().notNull().default('invited'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** better-auth's passwords. */
export const agentCredentials = pgTable(
  'agent_credentials',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    refreshTokenExpiresAt: timestamp('refresh_token_expires_at', { withTimezone: true }),
    scope: text('scope'),
    password: text('password'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('agent_credentials_agent').on(table.agentId, table.providerId)],
)

export const agentSessions = pgTable(
  'agent_sessions',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    token: text('token').notNull().unique(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('agent_sessions_agent').on(table.agentId), index('agent_sessions_expires').on(table.expiresAt)],
)

/** Second-factor challenges under way and devices that are trusted for a month. */
export const agentVerifications = pgTable(
  'agent_verifications',
  {
    id: uuid('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('agent_verifications_identifier').on(table.identifier),
    index('agent_verifications_expires').on(table.expiresAt),
  ],
)

export const agentTwoFactors = pgTable('agent_two_factors', {
  id: uuid('id').primaryKey(),
  agentId: uuid('agent_id')
    .notNull()
    .unique()
    .references(() => agents.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull().default(true),
  /** The last 30-second step whose code was accepted, so that a code is good once. */
  lastStep: bigint('last_step', { mode: 'number' }),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: timestamp('locked_until', { withTimezone: true }),
})

/** Failed sign-ins per address and account. `lastRequest` is when the window began, in epoch milliseconds. */
export const agentRateLimits = pgTable('agent_rate_limits', {
  id: uuid('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
})

export const teams = pgTable('teams', {
  id: idColumn('tea')('id').primaryKey(),
  name: text('name').notNull().unique(),
  signature: text('signature').notNull().default(''),
  createdAt: instant('created_at').notNull(),
})

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: idColumn('tea')('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    agentId: idColumn('agt')('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.agentId] }), index('team_members_agent').on(table.agentId)],
)

/** Only hashes; the secret is shown once. `boot` marks the key made from ADMIN_API_KEY. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: idColumn('key')('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    ownerId: idColumn('agt')('owner_id').references(() => agents.id, { onDelete: 'cascade' }),
    hint: text('hint').notNull(),
    hash: text('hash').notNull().unique(),
    boot: boolean('boot').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_keys_owner').on(table.ownerId)],
)

/** One-time links: the first admin, invitations. Only hashes. */
export const oneTimeLinks = pgTable(
  'one_time_links',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose').$type<'setup' | 'invitation'>().notNull(),
    agentId: idColumn('agt')('agent_id').references(() => agents.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('one_time_links_agent').on(table.agentId)],
)

/** Settings by version; the highest is in force. */
export const settingsVersions = pgTable('settings_versions', {
  version: integer('version').primaryKey(),
  data: jsonb('data').notNull(),
  createdAt: instant('created_at').notNull(),
  createdBy: text('created_by'),
})

/** Business hours and targets by version; a clock keeps the version it was started under. */
export const calendarVersions = pgTable('calendar_versions', {
  version: integer('version').primaryKey(),
  hours: jsonb('hours').notNull(),
  firstReplySeconds: integer('first_reply_seconds').notNull(),
  createdAt: instant('created_at').notNull(),
  createdBy: text('created_by'),
})
