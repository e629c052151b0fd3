import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { BillingLink, Operation, RefundCause, RefundPreview } from '#contract/billing.ts'
import type { Money } from '#contract/money.ts'
import { agents } from '#modules/team/tables.ts'
import { idColumn, instant } from '#platform/columns.ts'
import type { MirrorKind } from './ports.ts'
import type { AttemptOutcome, Lookup } from './rules/attempts.ts'
import type { Backfill } from './rules/backfill-place.ts'
import type { RefundPolicy } from './rules/policy.ts'

/** Orders hints and readings of the mirror without trusting any clock. */
export const mirrorMarks = pgSequence('mirror_marks')

/** One row per Stripe account this desk has talked to: `emulated`, `test` or `live` for the configuration's, Stripe's id and mode for others. */
export const stripeConnections = pgTable('stripe_connections', {
  stripeAccount: text('stripe_account').primaryKey(),
  endpointId: text('endpoint_id'),
  endpointUrl: text('endpoint_url'),
  /** Signing secret of the webhook endpoint, encrypted. */
  sealedSecret: text('sealed_secret'),
  /** How far the first copy is; null before it began. */
  backfill: jsonb('backfill').$type<Backfill>(),
  /** When Stripe's own list of events was last compared with ours, and up to which event time (epoch seconds). */
  comparedAt: instant('compared_at'),
  comparedUpTo: bigint('compared_up_to', { mode: 'number' }),
  /** Place in the ledger up to which new contacts and accounts were matched. */
  matchedUpTo: text('matched_up_to'),
})

/** Stripe accounts besides the configuration's. A disconnected one keeps its row, without its secrets. */
export const stripeAccounts = pgTable('stripe_accounts', {
  stripeAccount: text('stripe_account').primaryKey(),
  /** Stripe's own id. */
  stripeId: text('stripe_id').notNull(),
  mode: text('mode').$type<'emulated' | 'test' | 'live'>().notNull(),
  label: text('label').notNull(),
  /** Encrypted; null once it is disconnected. */
  sealedKey: text('sealed_key'),
  sealedSigningSecret: text('sealed_signing_secret'),
  connectedBy: text('connected_by').notNull(),
  connectedAt: instant('connected_at').notNull(),
})

/** Every signed event once, as it came. An event is a hint; the mirror reads the object afresh. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    stripeAccount: text('stripe_account').notNull(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    apiVersion: text('api_version'),
    /** `webhook` when Stripe sent it, `list` when a comparison found it missing. */
    via: text('via').$type<'webhook' | 'list'>().notNull().default('webhook'),
    payload: jsonb('payload').notNull(),
    /** The object it tells of; for a visit to the customer portal the customer. */
    subject: text('subject').generatedAlwaysAs(
      sql`case when type like 'billing_portal.%' then payload #>> '{data,object,customer}' else payload #>> '{data,object,id}' end`,
    ),
    receivedAt: instant('received_at').notNull(),
    processedAt: instant('processed_at'),
    attempts: smallint('attempts').notNull().default(0),
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.stripeAccount, table.id] }),
    index('webhook_events_waiting')
      .on(table.receivedAt)
      .where(sql`processed_at is null`),
    index('webhook_events_subject').on(table.stripeAccount, table.subject),
  ],
)

/** Stripe's objects as last read. `refs` are the ids of others an object belongs to, so that one index finds them all. */
export const mirrorObjects = pgTable(
  'mirror_objects',
  {
    stripeAccount: text('stripe_account').notNull(),
    kind: text('kind').$type<MirrorKind>().notNull(),
    id: text('id').notNull(),
    customerId: text('customer_id'),
    refs: text('refs')
      .array()
      .notNull()
      .default(sql`'{}'`),
    email: text('email'),
    name: text('name'),
    /** Stripe's own time of creation, before the first reading as an event told it. */
    created: instant('created'),
    deleted: boolean('deleted').notNull().default(false),
    /** Null until it was read once. */
    data: jsonb('data'),
    /** The version of Stripe's API that `data` is in. */
    apiVersion: text('api_version'),
    hintedMark: bigint('hinted_mark', { mode: 'number' }),
    readingMark: bigint('reading_mark', { mode: 'number' }),
    readingSince: instant('reading_since'),
    keptMark: bigint('kept_mark', { mode: 'number' }),
    fetchedAt: instant('fetched_at'),
    /** For customers: when everything of theirs was last listed. */
    listedAt: instant('listed_at'),
    attempts: smallint('attempts').notNull().default(0),
    retryAt: instant('retry_at'),
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.stripeAccount, table.kind, table.id] }),
    index('mirror_stale')
      .on(table.stripeAccount, table.hintedMark)
      .where(sql`hinted_mark is not null and (kept_mark is null or kept_mark <= hinted_mark)`),
    index('mirror_customer').on(table.stripeAccount, table.customerId, table.kind, table.created.desc()),
    // Read on every open of a facts pane: a list of pending entries would have to be searched each time.
    index('mirror_refs').using('gin', table.refs).with({ fastupdate: false }),
    index('mirror_email')
      .on(sql`lower(email)`)
      .where(sql`kind = 'customer'`),
    index('mirror_customers_created')
      .on(table.stripeAccount, table.created.desc(), table.id.desc())
      .where(sql`kind = 'customer' and not deleted`),
    index('mirror_customer_email_trgm')
      .using('gin', sql`email gin_trgm_ops`)
      .where(sql`kind = 'customer'`),
    index('mirror_customer_name_trgm')
      .using('gin', sql`name gin_trgm_ops`)
      .where(sql`kind = 'customer'`),
  ],
)

/** When the next read of an account may begin, over all processes; in machine time, because it is about load. */
export const stripeReads = pgTable('stripe_reads', {
  stripeAccount: text('stripe_account').primaryKey(),
  nextAt: instant('next_at').notNull(),
})

/** Each comparison of a random sample of the mirror with Stripe. */
export const mirrorAudits = pgTable(
  'mirror_audits',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    stripeAccount: text('stripe_account').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at').notNull(),
    sampled: integer('sampled').notNull(),
    /** Could not be read; nothing is known of them. */
    unread: integer('unread').notNull(),
    drifted: integer('drifted').notNull(),
  },
  (table) => [index('mirror_audits_account').on(table.stripeAccount, table.id)],
)

/** Objects that an audit found other than Stripe has them although no event said so; put right at once. */
export const mirrorDrifts = pgTable(
  'mirror_drifts',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    stripeAccount: text('stripe_account').notNull(),
    kind: text('kind').$type<MirrorKind>().notNull(),
    objectId: text('object_id').notNull(),
    /** Paths of what differed, or `gone`. */
    fields: text('fields').array().notNull(),
    foundAt: instant('found_at').notNull(),
  },
  (table) => [index('mirror_drifts_account').on(table.stripeAccount, table.id)],
)

export const billingLinks = pgTable(
  'billing_links',
  {
    id: idColumn('lnk')('id').primaryKey(),
    stripeAccount: text('stripe_account').notNull(),
    customerId: text('customer_id').notNull(),
    ownerKind: text('owner_kind').$type<BillingLink['owner']['kind']>().notNull(),
    /** Prefixed, as its kind says. */
    ownerId: text('owner_id').notNull(),
    state: text('state').$type<BillingLink['state']>().notNull(),
    evidence: text('evidence').notNull(),
    strength: text('strength').$type<BillingLink['strength']>().notNull(),
    reason: text('reason').notNull(),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: instant('decided_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('billing_links_pair').on(table.stripeAccount, table.customerId, table.ownerKind, table.ownerId),
    index('billing_links_owner').on(table.ownerKind, table.ownerId),
  ],
)

/** Versions only ever get added; a decision keeps the one it was made under. */
export const refundPolicies = pgTable('refund_policies', {
  version: integer('version').primaryKey(),
  data: jsonb('data').$type<RefundPolicy>().notNull(),
  effectiveFrom: instant('effective_from').notNull(),
  createdBy: text('created_by'),
  createdByName: text('created_by_name'),
})

/** What somebody was shown, with everything it was decided on. */
export const operationPreviews = pgTable(
  'operation_previews',
  {
    id: idColumn('prv')('id').primaryKey(),
    stripeAccount: text('stripe_account').notNull(),
    /** The person behind it, or the key that has none. */
    madeBy: text('made_by').notNull(),
    kind: text('kind').$type<Operation['kind']>().notNull().default('refund'),
    charge: text('charge'),
    invoice: text('invoice'),
    subscription: text('subscription'),
    customerId: text('customer_id'),
    contactId: idColumn('con')('contact_id'),
    contactName: text('contact_name'),
    ticketId: idColumn('tkt')('ticket_id'),
    cause: text('cause').$type<RefundCause>(),
    input: jsonb('input').notNull(),
    seen: jsonb('seen').$type<RefundPreview>().notNull(),
    policyVersion: integer('policy_version').notNull(),
    operationId: idColumn('op')('operation_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('operation_previews_unused')
      .on(table.expiresAt)
      .where(sql`operation_id is null`),
  ],
)

/** One intended outside effect. */
export const operations = pgTable(
  'operations',
  {
    id: idColumn('op')('id').primaryKey(),
    kind: text('kind').$type<Operation['kind']>().notNull().default('refund'),
    state: text('state').$type<Operation['state']>().notNull(),
    stripeAccount: text('stripe_account').notNull(),
    money: jsonb('money').$type<Money>(),
    /** What no two operations work on at once: the id of a charge, a customer, a subscription. */
    subject: text('subject').notNull(),
    charge: text('charge'),
    invoice: text('invoice'),
    subscription: text('subscription'),
    customerId: text('customer_id'),
    contactId: idColumn('con')('contact_id'),
    contactName: text('contact_name'),
    ticketId: idColumn('tkt')('ticket_id'),
    cause: text('cause').$type<RefundCause>(),
    reason: text('reason'),
    previewId: idColumn('prv')('preview_id')
      .unique()
      .references(() => operationPreviews.id),
    /** The decision on fresh facts at the moment it was ordered: inputs and outcome. */
    decision: jsonb('decision').notNull(),
    /** The call and how its effect is found again; the kind of the operation knows its shape. */
    plan: jsonb('plan').notNull(),
    refundId: text('refund_id'),
    creditNoteId: text('credit_note_id'),
    /** Of other kinds: the id of what was made or changed. */
    effectId: text('effect_id'),
    /** Why it failed, or what a person must find out. */
    problem: text('problem'),
    replyDraft: text('reply_draft'),
    requestedBy: text('requested_by'),
    requestedByName: text('requested_by_name').notNull(),
    requestedByAgent: idColumn('agt')('requested_by_agent').references(() => agents.id, { onDelete: 'set null' }),
    /** When there is something to do next; null at once. */
    nextAt: instant('next_at'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('operations_created').on(table.createdAt.desc(), table.id.desc()),
    index('operations_state').on(table.state, table.createdAt.desc(), table.id.desc()),
    index('operations_ticket')
      .on(table.ticketId, table.createdAt.desc())
      .where(sql`ticket_id is not null`),
    index('operations_contact')
      .on(table.contactId, table.createdAt.desc())
      .where(sql`contact_id is not null`),
    index('operations_charge').on(table.charge),
    index('operations_subject').on(table.subject),
    index('operations_refund')
      .on(table.refundId)
      .where(sql`refund_id is not null`),
    index('operations_customer').on(table.customerId, table.createdAt),
    index('operations_due')
      .on(table.nextAt)
      .where(sql`state in ('queued', 'running', 'verifying')`),
  ],
)

/** Every call and every look-up of an operation, written before it is made. */
export const operationAttempts = pgTable(
  'operation_attempts',
  {
    operationId: idColumn('op')('operation_id')
      .notNull()
      .references(() => operations.id, { onDelete: 'cascade' }),
    seq: smallint('seq').notNull(),
    kind: text('kind').$type<'call' | 'look_up'>().notNull(),
    key: text('key').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    outcome: text('outcome').$type<AttemptOutcome | Lookup['outcome']>().notNull(),
    detail: text('detail'),
    found: text('found'),
    retryAfterMs: integer('retry_after_ms'),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.seq] })],
)

export const approvals = pgTable(
  'approvals',
  {
    id: idColumn('apr')('id').primaryKey(),
    operationId: idColumn('op')('operation_id')
      .notNull()
      .unique()
      .references(() => operations.id, { onDelete: 'cascade' }),
    state: text('state').$type<'open' | 'approved' | 'rejected' | 'expired'>().notNull().default('open'),
    requiredRole: text('required_role').$type<'lead' | 'finance'>().notNull(),
    codes: text('codes').array().notNull(),
    because: text('because').notNull(),
    policyVersion: integer('policy_version').notNull(),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    reason: text('reason'),
    decidedAt: instant('decided_at'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('approvals_listed').on(sql`(state = 'open') desc`, table.createdAt.desc(), table.id.desc()),
    index('approvals_state').on(table.state, table.createdAt.desc(), table.id.desc()),
    index('approvals_expiring')
      .on(table.expiresAt)
      .where(sql`state = 'open'`),
  ],
)

/** How much of the base currency one unit was worth that day, as a decimal, rounded up. */
export const fxRates = pgTable(
  'fx_rates',
  {
    on: date('on', { mode: 'string' }).notNull(),
    base: text('base').notNull(),
    currency: text('currency').notNull(),
    perUnit: text('per_unit').notNull(),
  },
  (table) => [primaryKey({ columns: [table.base, table.currency, table.on] })],
)
