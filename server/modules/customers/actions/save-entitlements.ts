import type { Entitlement, EntitlementState } from '#contract/entitlements.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import { entitlementsByKey, lockEntitlements, writeEntitlements, type StoredEntitlement } from '../entitlement-store.ts'
import { decideEntitlement, entitlementFacts, type EntitlementOutcome } from '../rules/entitlement-order.ts'

export type Statement = { key: string; state: EntitlementState }
export type EntitlementSource = { kind: Entitlement['source']; name: string }

/** Statements ahead of our own time by more than this would keep every later one out. */
const aheadMinutes = 10

/** Takes statements of the product in, each once and the newest last whatever the order; tells what became of each. */
export async function saveEntitlements(
  desk: Desk,
  source: EntitlementSource,
  statements: readonly Statement[],
): Promise<EntitlementOutcome[]> {
  if (statements.length === 0) return []
  return desk.transaction(async (tx) => {
    await lockEntitlements(tx)
    const decided = await judgeEntitlements(tx, statements)
    await refuseUnknownOwners(tx, statements)
    const kept = decided.filter(({ outcome, isNews }) => outcome !== 'older' && isNews)
    const rows = kept.map(({ statement: { key, state }, known }) => ({
      ...entitlementFacts(state),
      key,
      id: known?.id ?? newId('ent', tx.now()),
      source: source.kind,
      sourceName: source.name,
      recordedAt: tx.now().toString(),
    }))
    await writeEntitlements(tx, rows)
    const people = await contactsOf(tx, rows)
    const told = rows.filter((_, at) => kept[at]?.outcome !== 'same')
    if (told.length > 0)
      await tx.emit(
        ...told.map((row) => ({
          type: 'entitlement.changed',
          contactId: row.contactId ?? people.get(row.email ?? '') ?? null,
          accountId: row.accountId,
          data: { entitlementId: row.id, source: source.kind, access: row.access, seats: row.seats },
        })),
      )
    return decided.map(({ outcome }) => outcome)
  })
}

/** What each statement would do to what is known, without doing it. */
export async function judgeEntitlements(desk: Desk, statements: readonly Statement[]) {
  const latest = desk.now().add({ minutes: aheadMinutes })
  const early = statements.find(({ state }) => Temporal.Instant.compare(state.occurredAt, latest) > 0)
  if (early)
    throw new DeskError('invalid_request', `${early.key}: occurredAt lies in the future (${early.state.occurredAt}).`)
  const known = await entitlementsByKey(
    desk,
    statements.map(({ key }) => key),
  )
  return statements.map((statement) => {
    const stored: StoredEntitlement | undefined = known.get(statement.key)
    const facts = entitlementFacts(statement.state)
    const outcome = decideEntitlement(stored, facts)
    // The same once more at a later time is known to be so for longer; at the same time it is a repetition.
    return { statement, known: stored, outcome, isNews: outcome !== 'same' || stored?.occurredAt !== facts.occurredAt }
  })
}

async function refuseUnknownOwners(desk: Desk, statements: readonly Statement[]): Promise<void> {
  for (const [table, ids] of [
    ['contacts', statements.flatMap(({ state }) => state.contactId ?? [])],
    ['accounts', statements.flatMap(({ state }) => state.accountId ?? [])],
  ] as const) {
    if (ids.length === 0) continue
    const { rows } = await desk.connection.query<{ id: string }>(`select id from ${table} where id = any($1)`, [
      ids.map(uuidOf),
    ])
    const found = new Set(rows.map(({ id }) => id))
    const missing = ids.find((id) => !found.has(uuidOf(id)))
    if (missing)
      throw new DeskError('not_found', `There is no ${table === 'contacts' ? 'contact' : 'account'} ${missing}.`)
  }
}

/** Who has these addresses now, so that open panes of theirs hear of it. */
async function contactsOf(desk: Desk, rows: readonly { email: string | null }[]): Promise<Map<string, Id<'con'>>> {
  const { rows: found } = await desk.connection.query<{ value: string; contact_id: string }>({
    name: 'contacts-of-entitlements',
    text: `select value, contact_id from contact_identities where kind = 'email' and value = any($1)`,
    values: [rows.flatMap(({ email }) => email ?? [])],
  })
  return new Map(found.map(({ value, contact_id }) => [value, idOf('con', contact_id)]))
}
