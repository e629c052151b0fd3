import { and, eq, sql } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { importItems, imports, importThreads } from '../import-tables.ts'

export type StoredImport = typeof imports.$inferSelect
export type ImportItem = Omit<typeof importItems.$inferInsert, 'importId' | 'place'>

export async function insertImport(desk: Desk, row: typeof imports.$inferInsert): Promise<void> {
  await desk.db.insert(imports).values(row)
}

/** An import; with `lock` nobody else changes it until the transaction ends. */
export async function readImport(desk: Desk, id: Id<'imp'>, options: { lock?: boolean } = {}): Promise<StoredImport> {
  const query = desk.db.select().from(imports).where(eq(imports.id, id))
  const [found] = await (options.lock ? query.for('update') : query)
  if (!found) throw notFound('import')
  return found
}

export async function updateImport(
  desk: Desk,
  id: Id<'imp'>,
  change: Partial<typeof imports.$inferInsert>,
): Promise<void> {
  await desk.db.update(imports).set(change).where(eq(imports.id, id))
}

export async function insertImportItems(
  desk: Desk,
  importId: Id<'imp'>,
  from: number,
  items: readonly ImportItem[],
): Promise<void> {
  if (items.length === 0) return
  await desk.db.insert(importItems).values(items.map((item, index) => ({ ...item, importId, place: from + index })))
}

/** What a mail of an import became when it was tried again. */
export async function updateImportItem(
  desk: Desk,
  receiptId: Id<'itm'>,
  { ticketId, messageId, opened, contactId }: Omit<ImportItem, 'receiptId'>,
): Promise<void> {
  await desk.db
    .update(importItems)
    .set({ ticketId, messageId, opened, contactId })
    .where(eq(importItems.receiptId, receiptId))
}

/** The ticket that an imported conversation with one of these Message-IDs has, the first of them that is known. */
export async function importedThread(
  desk: Desk,
  sourceId: Id<'box'>,
  keys: readonly string[],
): Promise<Id<'tkt'> | undefined> {
  if (keys.length === 0) return undefined
  const [found] = await desk.db
    .select({ ticketId: importThreads.ticketId })
    .from(importThreads)
    .where(
      and(eq(importThreads.sourceId, sourceId), sql`${importThreads.messageKey} = any(${sql.param(keys)}::text[])`),
    )
    .orderBy(sql`array_position(${sql.param(keys)}::text[], ${importThreads.messageKey})`)
    .limit(1)
  return found?.ticketId
}

export async function noteThread(
  desk: Desk,
  sourceId: Id<'box'>,
  keys: readonly string[],
  ticketId: Id<'tkt'>,
): Promise<void> {
  if (keys.length === 0) return
  await desk.connection.query({
    name: 'note-import-thread',
    text: `insert into import_threads (source_id, message_key, ticket_id) select $1, unnest($2::text[]), $3 on conflict do nothing`,
    values: [uuidOf(sourceId), [...new Set(keys)], uuidOf(ticketId)],
  })
}
