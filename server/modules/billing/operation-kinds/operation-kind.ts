import type { Desk } from '#server/desk.ts'
import type { NewEvent } from '#platform/ledger/append.ts'
import type { CallOutcome } from '../ports.ts'
import type { AttemptWords } from '../rules/attempts.ts'
import type { OperationChange, StoredOperation } from '../store/operations.ts'

/** What reading back says. `unknown` is for what a person must find out; nothing is ever probably done. */
export type Verdict = OperationChange & { state: 'done' | 'failed' | 'unknown'; events?: NewEvent[] }

/** What a look-up says: `accepted` is still to be done, `refused` was not done and will not be. */
export type Found =
  | { outcome: 'found'; found: string }
  | { outcome: 'absent' | 'accepted' }
  | { outcome: 'refused'; detail: string }

/**
 * What the engine needs to know of one kind of operation; order, locks, attempts, keys, waits and records are its own. Every
 * function but `made` may ask outside and throws UpstreamError when it gets no answer; the engine then comes back.
 */
export type OperationKind = {
  /** What is said of whoever is asked. */
  words: AttemptWords
  /** Why it can no longer be done, on facts read just now; undefined when it can. Asked right before the first call. */
  check(desk: Desk, operation: StoredOperation): Promise<string | undefined>
  /** Makes the one call under this key, and tells what became of it. */
  carryOut(desk: Desk, operation: StoredOperation, key: string): Promise<CallOutcome>
  /** What became of it, by what carries the operation's id. */
  find(desk: Desk, operation: StoredOperation): Promise<Found>
  /** The columns that keep the id of what was made. */
  made(operation: StoredOperation, found: string): Pick<OperationChange, 'refundId' | 'creditNoteId' | 'effectId'>
  /** Reads the effect back; undefined when it cannot be judged yet. */
  verify(desk: Desk, operation: StoredOperation): Promise<Verdict | undefined>
}
