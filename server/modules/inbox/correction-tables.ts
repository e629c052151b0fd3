import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { idColumn, instant } from '#platform/columns.ts'
import type { MovedIdentity } from '#modules/customers/index.ts'
import { tickets } from './tables.ts'

/** What undoing a correction needs beside the ledger: ids, and for an address how it had been verified. */
export type CorrectionUndo = {
  messageIds: string[]
  /** Agents whose drafts went along. */
  draftAgentIds?: string[]
  /** The correction's own events, by ticket. */
  events: Record<string, string[]>
  /** A change of sender: whose ticket it was, and how the address had been verified if it changed hands. */
  sender?: {
    from: string
    to: string
    accountId: string | null
    segment: 'consumer' | 'enterprise'
    identity: MovedIdentity | null
    /** What stood as the author of each message that changed hands. */
    authorNames: Record<string, string>
  }
}

/** Splits, moves, merges and changes of sender, each with what undoing it needs. */
export const corrections = pgTable(
  'corrections',
  {
    id: idColumn('cor')('id').primaryKey(),
    seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity({ cache: 1 }).notNull(),
    kind: text('kind').$type<'split' | 'move' | 'merge' | 'sender'>().notNull(),
    /** What it was done on. */
    ticketId: idColumn('tkt')('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    /** What got the messages. */
    otherId: idColumn('tkt')('other_id').references(() => tickets.id, { onDelete: 'cascade' }),
    undo: jsonb('undo').$type<CorrectionUndo>().notNull(),
    /** The last line of the ledger that belongs to it: what comes after on its tickets came later. */
    ledgerSeq: bigint('ledger_seq', { mode: 'number' }).notNull(),
    actorKind: text('actor_kind').$type<'agent' | 'api' | 'contact' | 'system'>().notNull(),
    /** The person behind it; null for a key that stands for nobody. */
    agentId: idColumn('agt')('agent_id'),
    createdAt: instant('created_at').notNull(),
    undoneAt: instant('undone_at'),
  },
  (table) => [
    index('corrections_ticket').on(table.ticketId, table.seq),
    index('corrections_other').on(table.otherId, table.seq),
  ],
)
