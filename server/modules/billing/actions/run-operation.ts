import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { failpoint } from '#platform/failpoints.ts'
import { uuidOf } from '#platform/ids.ts'
import { runOperationJob } from '../job-names.ts'
import { operationEvent } from '../operation-event.ts'
import { operationKinds } from '../operation-kinds/kinds.ts'
import type { NextStep } from '../rules/attempts.ts'
import { nextStep } from '../rules/next-step.ts'
import { endAttempt, insertAttempt, insertLookup, readHistory } from '../store/attempts.ts'
import { isSubjectBusy, lockSubject, lockOperation, setOperation, type StoredOperation } from '../store/operations.ts'
import { checkBeforeFirstCall } from './check-before-call.ts'
import { verifyOperation } from './verify-operation.ts'

type Step = NextStep | { do: 'check' } | { do: 'verify' } | { do: 'nothing' }
type Planned = { step: Step; operation: StoredOperation; seq: number }

/**
 * Carries an operation on from wherever it is, until it is done, must wait or cannot be known. One process at a time works on
 * an operation: the lock is held by a connection, which goes with the process.
 */
export async function runOperation(desk: Desk, id: Id<'op'>, options: { recheck?: boolean } = {}): Promise<void> {
  await desk.transaction(async (holder) => {
    const { rows } = await holder.connection.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 7303)) as locked',
      [uuidOf(id)],
    )
    if (!rows[0]?.locked) return desk.enqueue(runOperationJob(id, desk.now().add({ seconds: 5 }), options.recheck))
    if (options.recheck) await lookUp(desk, id)
    await work(desk, id)
  })
}

async function work(desk: Desk, id: Id<'op'>): Promise<void> {
  for (;;) {
    const planned = await desk.transaction((tx) => planStep(tx, id))
    if (!planned) return
    const { step, operation, seq } = planned
    switch (step.do) {
      case 'nothing':
        return
      case 'wait':
        return wait(desk, id, Temporal.Instant.fromEpochMilliseconds(step.until))
      case 'check': {
        const again = await checkBeforeFirstCall(desk, operation)
        if (again) return wait(desk, id, again)
        break
      }
      case 'call':
        failpoint('operation.before_call')
        await call(desk, operation, step.key, seq)
        break
      case 'look_up':
        await lookUp(desk, id)
        break
      case 'done':
      case 'verify': {
        failpoint('operation.before_verify')
        const again = await verifyOperation(desk, operation)
        return again ? wait(desk, id, again) : undefined
      }
      case 'failed':
      case 'unknown':
        return
    }
  }
}

/** Decides the next step and writes down what it is about to do; what is decided here is committed before anything is done. */
async function planStep(desk: Desk, id: Id<'op'>): Promise<Planned | undefined> {
  const operation = await lockOperation(desk, id)
  if (!operation) return undefined
  const history = await readHistory(desk, id)
  const as = (step: Step, seq = 0): Planned => ({ step, operation, seq })
  if (operation.state === 'verifying') return as({ do: 'verify' })
  if (operation.state === 'queued') return as(await start(desk, operation))
  if (operation.state !== 'running') return as({ do: 'nothing' })
  const { words } = operationKinds[operation.kind]
  const step = nextStep({ operationId: id, ...history, now: desk.now().epochMilliseconds, words })
  switch (step.do) {
    case 'call': {
      const seq = history.last + 1
      await insertAttempt(desk, id, seq, step.key)
      await desk.emit(operationEvent(operation, 'operation.attempted', { attempt: step.attempt, seq }))
      failpoint('operation.before_attempt')
      return as(step, seq)
    }
    case 'done':
      return { step: { do: 'verify' }, operation: await noteFound(desk, operation, step.found), seq: 0 }
    case 'failed':
      await setOperation(desk, id, { state: 'failed', problem: step.reason, endedAt: desk.now() })
      await desk.emit(operationEvent(operation, 'operation.failed', { code: 'refused' }))
      return as(step)
    case 'unknown':
      await setOperation(desk, id, { state: 'unknown', problem: step.ask })
      await desk.emit(operationEvent(operation, 'operation.unknown'))
      return as(step)
    default:
      return as(step)
  }
}

/** From queued to running, one operation of a subject at a time. */
async function start(desk: Desk, operation: StoredOperation): Promise<Step> {
  await lockSubject(desk, operation.subject)
  if (await isSubjectBusy(desk, operation.subject, operation.id))
    return { do: 'wait', until: desk.now().add({ seconds: 2 }).epochMilliseconds }
  return { do: 'check' }
}

async function noteFound(desk: Desk, operation: StoredOperation, found: string): Promise<StoredOperation> {
  const ids = operationKinds[operation.kind].made(operation, found)
  await setOperation(desk, operation.id, { state: 'verifying', nextAt: null, ...ids })
  await desk.emit(operationEvent(operation, 'operation.verifying', ids))
  return { ...operation, state: 'verifying', ...ids }
}

async function call(desk: Desk, operation: StoredOperation, key: string, seq: number): Promise<void> {
  const answer = await operationKinds[operation.kind].carryOut(desk, operation, key)
  failpoint('operation.after_call')
  await desk.transaction(async (tx) => {
    await endAttempt(tx, operation.id, seq, answer)
    await tx.emit(operationEvent(operation, 'operation.answered', { seq, outcome: answer.outcome }))
  })
}

/** Reads the objects that would carry our operation id. A look-up that fails is an answer too. */
async function lookUp(desk: Desk, id: Id<'op'>): Promise<void> {
  const startedAt = desk.now()
  const planned = await desk.transaction(async (tx) => lockOperation(tx, id))
  if (!planned) return
  const result = await operationKinds[planned.kind].find(desk, planned).catch((error: unknown) => ({
    outcome: 'failed' as const,
    detail: error instanceof Error ? error.message : String(error),
  }))
  await desk.transaction(async (tx) => {
    await lockOperation(tx, id)
    const { last } = await readHistory(tx, id)
    await insertLookup(tx, id, last + 1, { startedAt, ...result })
    await tx.emit(operationEvent(planned, 'operation.looked_up', { seq: last + 1, outcome: result.outcome }))
  })
}

async function wait(desk: Desk, id: Id<'op'>, until: Temporal.Instant): Promise<void> {
  await desk.transaction(async (tx) => {
    await setOperation(tx, id, { nextAt: until })
    await tx.enqueue(runOperationJob(id, until))
  })
}
