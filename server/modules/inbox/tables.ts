import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
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
import type { LinkKind, Priority, TicketStatus } from '#contract/inbox.ts'
import { sources } from './custody-tables.ts'
import type { MailExtras, Proposal } from './rules/mail-extras.ts'
import { accounts, contacts } from '#modules/customers/tables.ts'
import { agents, teams } from '#modules/team/tables.ts'
import { idColumn, instant, tsvector } from '#platform/columns.ts'

export type StoredAddress = { email: string; name: string | null }

export const tickets = pgTable(
  'tickets',
  {
    id: idColumn('tkt')('id').primaryKey(),
    number: bigint('number', { mode: 'number' })
      .generatedAlwaysAsIdentity({ startWith: 1001, cache: 1 })
      .notNull()
      .unique(),
    subject: text('subject').notNull(),
    normalisedSubject: text('normalised_subject').notNull().default(''),
    status: text('status').$type<TicketStatus>().notNull().default('new'),
    priority: text('priority').$type<Priority>().notNull().default('normal'),
    type: text('type'),
    segment: text('segment').$type<'consumer' | 'enterprise'>().notNull(),
    channel: text('channel').$type<'email' | 'api'>().notNull(),
    sourceId: idColumn('box')('source_id').references(() => sources.id),
    requesterId: idColumn('con')('requester_id')
      .notNull()
      .references(() => contacts.id),
    accountId: idColumn('acc')('account_id').references(() => accounts.id, { onDelete: 'set null' }),
    assigneeId: idColumn('agt')('assignee_id').references(() => agents.id, { onDelete: 'set null' }),
    teamId: idColumn('tea')('team_id')
      .notNull()
      .references(() => teams.id),
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** The next due instant of a running clock; orders the queue. */
    urgentAt: instant('urgent_at'),
    preview: text('preview').notNull().default(''),
    lastAuthor: text('last_author').$type<'contact' | 'agent' | 'system'>().notNull().default('contact'),
    attention: text('attention').$type<'delivery_unknown' | 'delivery_failed'>(),
    /** How often it was solved; ratings count once per cycle. */
    solveCycle: integer('solve_cycle').notNull().default(0),
    reopened: integer('reopened').notNull().default(0),
    version: integer('version').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    solvedAt: instant('solved_at'),
    closedAt: instant('closed_at'),
    /** Deleted by an agent: out of every list, and gone for good some days later. */
    deletedAt: instant('deleted_at'),
    /** Set on a ticket that was merged away: everything of it is there, and it stays closed. */
    mergedIntoId: idColumn('tkt')('merged_into_id').references((): AnyPgColumn => tickets.id, { onDelete: 'set null' }),
  },
  (table) => {
    const active = sql`status in ('new', 'open', 'pending', 'on_hold')`
    const waiting = sql`status in ('new', 'open')`
    // Never null, so that a page can start anywhere in it: what is not due comes last.
    const urgency = sql`(coalesce(urgent_at, 'infinity'::timestamptz))`
    return [
      index('tickets_next').on(urgency, table.id).where(waiting),
      index('tickets_mine').on(table.assigneeId, urgency, table.id).where(active),
      index('tickets_unassigned')
        .on(urgency, table.id)
        .where(sql`assignee_id is null and status in ('new', 'open')`),
      index('tickets_status').on(table.status, table.updatedAt, table.id).where(active),
      index('tickets_attention')
        .on(table.updatedAt, table.id)
        .where(sql`attention is not null`),
      index('tickets_solved')
        .on(table.solvedAt, table.id)
        .where(sql`solved_at is not null`),
      index('tickets_to_close')
        .on(table.solvedAt)
        .where(sql`status = 'solved'`),
      index('tickets_updated').on(table.updatedAt, table.id),
      index('tickets_team').on(table.teamId, table.updatedAt, table.id),
      index('tickets_requester').on(table.requesterId, table.updatedAt, table.id),
      index('tickets_account')
        .on(table.accountId, table.updatedAt, table.id)
        .where(sql`account_id is not null`),
      index('tickets_assignee')
        .on(table.assigneeId, table.updatedAt, table.id)
        .where(sql`assignee_id is not null`),
      index('tickets_created').on(table.createdAt),
      index('tickets_merged')
        .on(table.mergedIntoId)
        .where(sql`merged_into_id is not null`),
      index('tickets_deleted')
        .on(table.deletedAt, table.id)
        .where(sql`deleted_at is not null`),
    ]
  },
)

/** Who may write into a ticket: everyone who was on it, by address. */
export const ticketParticipants = pgTable(
  'ticket_participants',
  {
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    contactId: idColumn('con')('contact_id').references(() => contacts.id, { onDelete: 'set null' }),
    kind: text('kind').$type<'requester' | 'cc' | 'invited'>().notNull(),
    /** The correction that brought them; its undoing takes them away. */
    correctionId: idColumn('cor')('correction_id'),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.email] })],
)

export const ticketLinks = pgTable(
  'ticket_links',
  {
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    otherId: idColumn('tkt')('other_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<LinkKind>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ticketId, table.otherId, table.kind] }),
    index('ticket_links_other').on(table.otherId),
  ],
)

/** The clocks of a ticket as the ledger has them; a projection for lists. */
export const ticketClocks = pgTable(
  'ticket_clocks',
  {
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    target: text('target').$type<'first_reply' | 'next_reply' | 'resolution'>().notNull(),
    state: text('state').$type<'running' | 'paused' | 'fulfilled' | 'breached' | 'cancelled'>().notNull(),
    startedAt: instant('started_at').notNull(),
    dueAt: instant('due_at'),
    endedAt: instant('ended_at'),
    elapsedMs: bigint('elapsed_ms', { mode: 'number' }),
    seconds: integer('seconds').notNull(),
    calendarVersion: integer('calendar_version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ticketId, table.target] }),
    index('ticket_clocks_due')
      .on(table.dueAt)
      .where(sql`state = 'running'`),
    index('ticket_clocks_terms')
      .on(table.calendarVersion, table.ticketId)
      .where(sql`state in ('running', 'paused')`),
  ],
)

export type MessagePart = { kind: 'reply' | 'quote' | 'signature'; length: number }

export type Threading = {
  rule: string
  reason: string
  matchedKey: string | null
  alternatives: { ticketId: string; rule: string }[]
}

export const messages = pgTable(
  'messages',
  {
    id: idColumn('msg')('id').primaryKey(),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'inbound' | 'reply' | 'note' | 'auto'>().notNull(),
    channel: text('channel').$type<'email' | 'api'>().notNull(),
    sourceId: idColumn('box')('source_id').references(() => sources.id),
    authorKind: text('author_kind').$type<'contact' | 'agent' | 'system'>().notNull(),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    fromAddress: jsonb('from_address').$type<StoredAddress>(),
    toAddresses: jsonb('to_addresses').$type<StoredAddress[]>().notNull().default([]),
    ccAddresses: jsonb('cc_addresses').$type<StoredAddress[]>().notNull().default([]),
    text: text('text').notNull(),
    /** How `text` falls into what is new, quoted and signature, by length and in order; null when all of it is new. */
    parts: jsonb('parts').$type<MessagePart[]>(),
    /** Sanitised, with remote images withheld. */
    html: text('html'),
    remoteImages: smallint('remote_images').notNull().default(0),
    providerId: text('provider_id'),
    inReplyTo: text('in_reply_to'),
    references: text('references')
      .array()
      .notNull()
      .default(sql`'{}'`),
    auth: jsonb('auth').$type<{ spf: string; dkim: string; dmarc: string; aligned: boolean; domain: string | null }>(),
    threading: jsonb('threading').$type<Threading>(),
    flags: text('flags')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** What a mail says beside its text; null when there is nothing of it. */
    mail: jsonb('mail').$type<MailExtras>(),
    /** What the desk proposes to do with it and an agent decides. */
    proposal: jsonb('proposal').$type<Proposal>(),
    attachmentCount: smallint('attachment_count').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('messages_ticket').on(table.ticketId, table.createdAt, table.id),
    index('messages_provider')
      .on(table.sourceId, table.providerId)
      .where(sql`provider_id is not null`),
    // A mail that arrives after its answer finds it here.
    index('messages_answers')
      .on(table.sourceId, table.inReplyTo)
      .where(sql`in_reply_to is not null`),
  ],
)

export const attachments = pgTable(
  'attachments',
  {
    id: idColumn('att')('id').primaryKey(),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    /** Null while it is only uploaded for a draft. */
    messageId: idColumn('msg')('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    contentId: text('content_id'),
    inline: boolean('inline').notNull().default(false),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('attachments_message').on(table.messageId),
    index('attachments_ticket').on(table.ticketId),
    index('attachments_hash').on(table.hash),
  ],
)

/** Outgoing mail, one row per message that leaves; the state of its one delivery. */
export const deliveries = pgTable(
  'deliveries',
  {
    messageId: idColumn('msg')('message_id')
      .primaryKey()
      .references(() => messages.id, { onDelete: 'cascade' }),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    state: text('state')
      .$type<'scheduled' | 'queued' | 'handing_over' | 'sent' | 'unknown' | 'failed' | 'bounced' | 'cancelled'>()
      .notNull(),
    leavesAt: instant('leaves_at'),
    /** When the present round of tries began; it is over after some days. */
    queuedAt: instant('queued_at'),
    /** The next try, while one is waited for. */
    retryAt: instant('retry_at'),
    /** Fences: what an attempt finds out counts only while it is the last one. */
    attempts: smallint('attempts').notNull().default(0),
    /** The process that makes the present attempt. */
    worker: text('worker'),
    error: text('error'),
    /** Recipients that have it; a later try leaves them out. */
    accepted: text('accepted')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Recipients that were refused for good while others took it. */
    refused: text('refused')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** What Auto-Submitted will say; null for what a person wrote. */
    autoSubmitted: text('auto_submitted').$type<'auto-replied' | 'auto-generated'>(),
    /** Everything the mail is made of beside its message, fixed before the first try. */
    subject: text('subject').notNull(),
    signature: text('signature').notNull().default(''),
    quotedId: idColumn('msg')('quoted_id'),
    /** The rating asked for at its end. */
    ratingId: idColumn('rat')('rating_id'),
    /** The DKIM selectors that sign it, fixed when it was written. */
    dkim: text('dkim')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** The mail it repeats to other recipients. */
    resendOf: idColumn('msg')('resend_of'),
    /** Who gets it may decline mails like it. */
    mayDecline: boolean('may_decline').notNull().default(false),
    /** Encrypted; takes the place of `hiddenSecret` in the text as the mail leaves and is never shown in the ticket. */
    secret: text('secret'),
    /** Answers to it may go to the signed address of its ticket, because plus addresses worked when it was written. */
    plusReply: boolean('plus_reply').notNull().default(false),
    /** The status its ticket takes when it leaves. */
    statusAfter: text('status_after').$type<'open' | 'pending' | 'solved'>(),
    createdAt: instant('created_at').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('deliveries_waiting')
      .on(table.state, table.at)
      .where(sql`state in ('scheduled', 'queued', 'handing_over')`),
    index('deliveries_ticket').on(table.ticketId),
  ],
)

/** Automatic mail by address and time, for the cap that breaks loops. */
export const autoMails = pgTable(
  'auto_mails',
  {
    messageId: idColumn('msg')('message_id').primaryKey(),
    email: text('email').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (table) => [index('auto_mails_email').on(table.email, table.sentAt)],
)

export const drafts = pgTable(
  'drafts',
  {
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    agentId: idColumn('agt')('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'reply' | 'note'>().notNull(),
    html: text('html').notNull(),
    toAddresses: jsonb('to_addresses').$type<StoredAddress[]>(),
    ccAddresses: jsonb('cc_addresses').$type<StoredAddress[]>(),
    attachmentIds: text('attachment_ids')
      .array()
      .notNull()
      .default(sql`'{}'`),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.agentId] })],
)

/** What can be searched, apart from the messages themselves so that their rows stay small. */
export const messageSearch = pgTable(
  'message_search',
  {
    messageId: idColumn('msg')('message_id')
      .primaryKey()
      .references(() => messages.id, { onDelete: 'cascade' }),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    words: tsvector('words').notNull(),
  },
  (table) => [
    // New words wait in a short list and are merged many at once: a third of the work per message, and of the log.
    index('message_search_words').using('gin', table.words).with({ fastupdate: true, gin_pending_list_limit: 1024 }),
  ],
)

/** One rating per solve. The token is in the solved mail; only its hash is here. */
export const ratings = pgTable(
  'ratings',
  {
    id: idColumn('rat')('id').primaryKey(),
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    cycle: integer('cycle').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    agentId: idColumn('agt')('agent_id').references(() => agents.id, { onDelete: 'set null' }),
    score: smallint('score'),
    comment: text('comment'),
    askedAt: instant('asked_at').notNull(),
    ratedAt: instant('rated_at'),
  },
  (table) => [uniqueIndex('ratings_cycle').on(table.ticketId, table.cycle)],
)
