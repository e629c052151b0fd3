import { and, eq } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { productAttempts } from '../product-tables.ts'
import type { CallResult, LookUpResult } from '../rules/product-answer.ts'

const longest = 1000

/** Writes a call down before it is made. */
export async function startAttempt(desk: Desk, operationId: Id<'pop'>, seq: number, key: string): Promise<void> {
  const row = { operationId, seq, kind: 'call' as const, key, startedAt: desk.now(), outcome: 'started' as const }
  await desk.db.insert(productAttempts).values(row)
}

export async function endAttempt(desk: Desk, operationId: Id<'pop'>, seq: number, result: CallResult): Promise<void> {
  await desk.db
    .update(productAttempts)
    .set({
      endedAt: desk.now(),
      outcome: result.outcome,
      detail: result.detail?.slice(0, longest) ?? null,
      retryAfterMs: result.retryAfterMs,
    })
    .where(and(eq(productAttempts.operationId, operationId), eq(productAttempts.seq, seq)))
}

export async function noteLookup(
  desk: Desk,
  operationId: Id<'pop'>,
  seq: number,
  startedAt: Temporal.Instant,
  { outcome, detail }: LookUpResult,
): Promise<void> {
  const row = { operationId, seq, kind: 'look_up' as const, key: '', startedAt, endedAt: desk.now(), outcome }
  await desk.db.insert(productAttempts).values({ ...row, detail: detail?.slice(0, longest) ?? null })
}
