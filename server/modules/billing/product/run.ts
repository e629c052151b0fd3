import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { saveEntitlements } from '#modules/customers/index.ts'
import { failpoint } from '#platform/failpoints.ts'
import { uuidOf } from '#platform/ids.ts'
import { runProductJob } from '../job-names.ts'
import { attemptSettings, type NextStep } from '../rules/attempts.ts'
import { readCallAnswer, type LookUpResult } from '../rules/product-answer.ts'
import { faultOfEffect } from '../rules/product-preview.ts'
import { nextProductStep } from '../rules/product-step.ts'
import { findAction } from './action-catalogue.ts'
import { askProduct, callProduct } from './call.ts'
import { endAttempt, noteLookup, startAttempt } from './attempt-store.ts'
import {
  isKeyBusy,
  lockKey,
  lockProductOperation,
  readProductHistory,
  setProductOperation,
  type StoredProductOperation,
} from './operation-store.ts'
import { productEvent } from './operation-event.ts'

type Planned = { step: NextStep | { do: 'verify' } | { do: 'rest' }; operation: StoredProductOperation; seq: number }

/**
 * Carries an operation on from wherever it is until it is done, must wait or cannot be known. What follows from the answers is
 * `rules/product-step.ts` alone; each call is a row before it is made. One process at a time works on an operation.
 */
export async function runProduct(desk: Desk, id: Id<'pop'>): Promise<void> {
  await desk.transaction(async (holder) => {
    const { rows } = await holder.connection.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 7306)) as locked',
      [uuidOf(id)],
    )
    if (rows[0]?.locked) await work(desk, id)
    else await desk.enqueue(runProductJob(id, desk.now().add({ seconds: 5 })))
  })
}

async function work(desk: Desk, id: Id<'pop'>): Promise<void> {
  for (;;) {
    const planned = await desk.transaction((tx) => plan(tx, id))
    if (!planned) return
    const { step, operation, seq } = planned
    switch (step.do) {
      case 'wait':
        return wait(desk, id, Temporal.Instant.fromEpochMilliseconds(step.until))
      case 'call': {
        failpoint('operation.before_call')
        const result = readCallAnswer(await callProduct(desk, operation, step.key))
        failpoint('operation.after_call')
        await desk.transaction(async (tx) => {
          await endAttempt(tx, id, seq, result)
          await tx.emit(productEvent(operation, 'answered', { seq, outcome: result.outcome }))
        })
        break
      }
      case 'look_up':
        await lookUp(desk, operation)
        break
      case 'verify': {
        failpoint('operation.before_verify')
        const again = await verify(desk, operation)
        return again ? wait(desk, id, again) : undefined
      }
      default:
        return
    }
  }
}

async function plan(desk: Desk, id: Id<'pop'>): Promise<Planned | undefined> {
  const operation = await lockProductOperation(desk, id)
  if (!operation) return undefined
  const as = (step: Planned['step'], seq = 0): Planned => ({ step, operation, seq })
  if (operation.state === 'verifying') return as({ do: 'verify' })
  if (operation.state === 'queued') {
    const held = await start(desk, operation)
    if (held) return as(held)
  } else if (operation.state !== 'running') return as({ do: 'rest' })
  const history = await readProductHistory(desk, id)
  const step = nextProductStep({ operationId: id, ...history, now: desk.now().epochMilliseconds })
  switch (step.do) {
    case 'call': {
      const seq = history.last + 1
      await startAttempt(desk, id, seq, step.key)
      await desk.emit(productEvent(operation, 'attempted', { seq }))
      failpoint('operation.before_attempt')
      return as(step, seq)
    }
    case 'done':
      await setProductOperation(desk, id, { state: 'verifying', nextAt: null })
      await desk.emit(productEvent(operation, 'verifying'))
      return as({ do: 'verify' })
    case 'failed':
      await end(desk, operation, 'failed', step.reason)
      return as(step)
    case 'unknown':
      await end(desk, operation, 'unknown', step.ask)
      return as(step)
    default:
      return as(step)
  }
}

/** From queued to running: one at a time under a key, and only what is still switched on. */
async function start(desk: Desk, operation: StoredProductOperation): Promise<Planned['step'] | undefined> {
  await lockKey(desk, operation.key)
  if (await isKeyBusy(desk, operation)) return { do: 'wait', until: desk.now().add({ seconds: 2 }).epochMilliseconds }
  const action = await findAction(desk, operation.actionId)
  if (!action?.definition.enabled) {
    await end(desk, operation, 'failed', 'The action was switched off before this started; nothing was done.')
    return { do: 'rest' }
  }
  await setProductOperation(desk, operation.id, { state: 'running', nextAt: null })
  await desk.emit(productEvent(operation, 'started'))
  return undefined
}

async function end(
  desk: Desk,
  operation: StoredProductOperation,
  state: 'done' | 'failed' | 'unknown',
  problem: string | null,
) {
  await setProductOperation(desk, operation.id, { state, problem, nextAt: null, endedAt: desk.now() })
  await desk.emit(productEvent(operation, state))
}

/** Asks what became of it, and writes the answer down. */
async function lookUp(desk: Desk, operation: StoredProductOperation): Promise<LookUpResult> {
  const startedAt = desk.now()
  const result = await askProduct(desk, operation)
  await desk.transaction(async (tx) => {
    await lockProductOperation(tx, operation.id)
    const { last } = await readProductHistory(tx, operation.id)
    await noteLookup(tx, operation.id, last + 1, startedAt, result)
    await tx.emit(productEvent(operation, 'looked_up', { seq: last + 1, outcome: result.outcome }))
  })
  return result
}

/** Done means that the product says so when asked anew, and that what it says of the entitlement is what was wanted. */
async function verify(desk: Desk, operation: StoredProductOperation): Promise<Temporal.Instant | undefined> {
  const result = await lookUp(desk, operation)
  const isLate = desk.now().epochMilliseconds - operation.createdAt.epochMilliseconds > 2 * attemptSettings.giveUpMs
  if ((result.outcome === 'failed' || result.outcome === 'accepted') && !isLate) return desk.now().add({ seconds: 5 })
  const stated = result.outcome === 'found' ? result.entitlement : null
  const problem =
    result.outcome === 'found'
      ? stated && stated.key !== operation.key
        ? `The product speaks of ${stated.key} instead of ${operation.key}. Look there.`
        : faultOfEffect(operation.definition, operation.parameters, stated)
      : result.outcome === 'refused'
        ? `The product took it and now says that it failed: ${result.detail ?? ''}`
        : 'The product said that it was done and cannot show it now. Look there.'
  await desk.transaction(async (tx) => {
    const current = await lockProductOperation(tx, operation.id)
    if (current?.state !== 'verifying') return
    if (stated && stated.key === operation.key) {
      const { key, ...state } = stated
      await saveEntitlements(tx, { kind: 'operation', name: operation.definition.title }, [{ key, state }])
    }
    await end(tx, operation, problem === undefined ? 'done' : 'unknown', problem ?? null)
  })
  return undefined
}

async function wait(desk: Desk, id: Id<'pop'>, until: Temporal.Instant): Promise<void> {
  await desk.transaction(async (tx) => {
    await setProductOperation(tx, id, { nextAt: until })
    await tx.enqueue(runProductJob(id, until))
  })
}
