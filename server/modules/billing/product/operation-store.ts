import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { productAttempts, productOperations } from '../product-tables.ts'
import type { ProductAttempt, ProductLookup } from '../rules/product-step.ts'

export type StoredProductOperation = typeof productOperations.$inferSelect

export async function lockProductOperation(desk: Desk, id: Id<'pop'>): Promise<StoredProductOperation | undefined> {
  const [row] = await desk.db.select().from(productOperations).where(eq(productOperations.id, id)).for('update')
  return row
}

export async function setProductOperation(
  desk: Desk,
  id: Id<'pop'>,
  change: Partial<Omit<StoredProductOperation, 'id'>>,
): Promise<void> {
  await desk.db.update(productOperations).set(change).where(eq(productOperations.id, id))
}

/** Whether another operation is working under this key right now. Asked under `lockKey`. */
export async function isKeyBusy(desk: Desk, { id, key }: StoredProductOperation): Promise<boolean> {
  const rows = await desk.db
    .select({ id: productOperations.id })
    .from(productOperations)
    .where(
      and(
        eq(productOperations.key, key),
        ne(productOperations.id, id),
        inArray(productOperations.state, ['running', 'verifying']),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** One operation of a key starts at a time. */
export async function lockKey(desk: Desk, key: string): Promise<void> {
  await desk.connection.query('select pg_advisory_xact_lock(hashtextextended($1, 7305))', [key])
}

export type ProductHistory = { attempts: ProductAttempt[]; lookups: ProductLookup[]; last: number }

export async function readProductHistory(desk: Desk, id: Id<'pop'>): Promise<ProductHistory> {
  const rows = await desk.db
    .select()
    .from(productAttempts)
    .where(eq(productAttempts.operationId, id))
    .orderBy(productAttempts.seq)
  const attempts = rows
    .filter(({ kind }) => kind === 'call')
    .map((row) => ({
      key: row.key,
      at: row.startedAt.epochMilliseconds,
      outcome: row.outcome as ProductAttempt['outcome'],
      ...(row.endedAt ? { endedAt: row.endedAt.epochMilliseconds } : {}),
      ...(row.detail === null ? {} : { detail: row.detail }),
      ...(row.retryAfterMs === null ? {} : { retryAfterMs: row.retryAfterMs }),
    }))
  const lookups = rows
    .filter(({ kind }) => kind === 'look_up')
    .map((row) => ({
      at: row.startedAt.epochMilliseconds,
      outcome: row.outcome as ProductLookup['outcome'],
      ...(row.outcome === 'found' ? { found: id } : {}),
      ...(row.detail === null ? {} : { detail: row.detail }),
    }))
  return { attempts, lookups, last: rows.at(-1)?.seq ?? 0 }
}
