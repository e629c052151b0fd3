/**
 * When to call Stripe again, with which key, and when to look first. Facts in, the next step out; every call and lookup is
 * written down before it is made, so that a crash at any point leaves a row that says what may have happened.
 */

/** Taken on, to be done later; only the customer's product answers so, and `next-step.ts` says what follows. */
type Accepted = 'accepted'

export type AttemptOutcome =
  /** Written before the call and never finished: the process died. */
  'started' | 'connection_lost' | 'timeout' | '409' | '429' | '5xx' | '4xx' | 'ok' | Accepted

/** `at` and `endedAt` in epoch ms; a started attempt has no end. */
export type Attempt = {
  key: string
  at: number
  endedAt?: number
  outcome: AttemptOutcome
  detail?: string
  found?: string
  retryAfterMs?: number
}

/**
 * A reading of what would carry our operation id; `at` is when it began. `refused`: it was not done and will not be, says whoever
 * was asked; `failed`: no answer that says anything.
 */
export type Lookup = {
  at: number
  outcome: 'found' | 'absent' | 'failed' | 'refused' | Accepted
  found?: string
  detail?: string
}

export type AttemptSettings = {
  /** No effect of a call can appear later than this after the call ended. */
  settleMs: number
  /** No call lasts longer: the client's time-out, with room. Where a process died, the call may have run this long. */
  callLifeMs: number
  /** A key is used no longer than this: Stripe keeps its answer for 24 hours, less an hour for calls that arrive late. */
  keyLifeMs: number
  /** After this we stop and say what is known. */
  giveUpMs: number
  firstWaitMs: number
  longestWaitMs: number
}

export const attemptSettings: AttemptSettings = {
  settleMs: 30_000,
  callLifeMs: 60_000,
  keyLifeMs: 23 * 3_600_000,
  giveUpMs: 72 * 3_600_000,
  firstWaitMs: 1000,
  longestWaitMs: 300_000,
}

/** What is said to a person, by whom was asked. */
export type AttemptWords = { refused: string; neverTaken: string; notCarriedOut: string; ask: string }

export const stripeWords: AttemptWords = {
  refused: 'Stripe refused the request.',
  neverTaken: 'Stripe took no request for this for three days; nothing was moved.',
  notCarriedOut: 'Stripe could not carry this out for three days; nothing was moved.',
  ask: 'Stripe cannot be asked whether this refund was made. Look in the Stripe dashboard and say so here.',
}

export type AttemptInput = {
  operationId: string
  attempts: readonly Attempt[]
  lookups: readonly Lookup[]
  now: number
  settings?: AttemptSettings
  words?: AttemptWords
}

export type NextStep =
  | { do: 'call'; key: string; attempt: number }
  | { do: 'look_up' }
  | { do: 'wait'; until: number }
  | { do: 'done'; found: string }
  | { do: 'failed'; reason: string }
  /** It cannot be known whether the money moved; a person must look. */
  | { do: 'unknown'; ask: string }

/**
 * The next step of one operation. Same key after a lost connection, time-out, 409 or 429; after a 5xx, a refusal that may be
 * our own earlier effect, or a key older than a day, look first; a new key only when the effect is proven absent.
 */
export function nextAttempt(input: AttemptInput): NextStep {
  const { attempts, lookups, now, settings = attemptSettings, words = stripeWords } = input
  const found = lookups.find((lookup) => lookup.outcome === 'found')?.found
  if (found) return { do: 'done', found }
  const last = attempts.at(-1)
  if (!last) return { do: 'call', key: keyOf(input, 1), attempt: 1 }
  if (last.outcome === 'ok') return { do: 'done', found: last.found ?? '' }
  const uncertain = attempts.some(mayHaveActed)
  if (last.outcome === '4xx' && !uncertain) return { do: 'failed', reason: last.detail ?? words.refused }
  const first = attempts.find((attempt) => attempt.key === last.key) ?? last
  const stale = now - first.at >= settings.keyLifeMs
  const over = now - (attempts[0]?.at ?? now) >= settings.giveUpMs
  if (uncertain && (last.outcome === '5xx' || last.outcome === '4xx' || stale || over))
    return lookFirst(input, last, over)
  if (over) return { do: 'failed', reason: words.neverTaken }
  const due = endOf(last) + Math.max(waitAfter(triesOf(attempts), settings), last.retryAfterMs ?? 0)
  if (now < due) return { do: 'wait', until: due }
  return { do: 'call', key: last.key, attempt: keysOf(attempts).length }
}

/** Found is done. Absent counts when the reading began a settle delay after the last call; before that it only waits. */
function lookFirst(input: AttemptInput, last: Attempt, over: boolean): NextStep {
  const { lookups, now, settings = attemptSettings, words = stripeWords } = input
  const since = lookups.filter((lookup) => lookup.at >= endOf(last))
  const settled = (last.outcome === 'started' ? last.at + settings.callLifeMs : endOf(last)) + settings.settleMs
  const proven = since.some((lookup) => lookup.outcome === 'absent' && lookup.at >= settled)
  if (proven) return afterAbsence(input, last, over)
  const recent = since.at(-1)
  if (!recent) return { do: 'look_up' }
  if (recent.outcome === 'absent') return now < settled ? { do: 'wait', until: settled } : { do: 'look_up' }
  if (over && since.filter((lookup) => lookup.outcome === 'failed').length >= 10)
    return {
      do: 'unknown',
      ask: words.ask,
    }
  const due = recent.at + waitAfter(since.length, settings)
  return now < due ? { do: 'wait', until: due } : { do: 'look_up' }
}

function afterAbsence(input: AttemptInput, last: Attempt, over: boolean): NextStep {
  const { words = stripeWords } = input
  if (last.outcome === '4xx') return { do: 'failed', reason: last.detail ?? words.refused }
  if (over) return { do: 'failed', reason: words.notCarriedOut }
  const attempt = keysOf(input.attempts).length + 1
  const { now, settings = attemptSettings } = input
  const due = endOf(last) + waitAfter(attempt, settings)
  return now < due ? { do: 'wait', until: due } : { do: 'call', key: keyOf(input, attempt), attempt }
}

/** 429 and 4xx say that nothing was done; everything else but success may have acted. */
function mayHaveActed(attempt: Attempt): boolean {
  return attempt.outcome !== '429' && attempt.outcome !== '4xx'
}

/** Of a started attempt only the start is known. */
function endOf(attempt: Attempt): number {
  return attempt.endedAt ?? attempt.at
}

/** How many times the last key was tried. */
function triesOf(attempts: readonly Attempt[]): number {
  const key = attempts.at(-1)?.key
  return attempts.filter((attempt) => attempt.key === key).length
}

function waitAfter(tries: number, settings: AttemptSettings): number {
  return Math.min(settings.longestWaitMs, settings.firstWaitMs * 2 ** Math.min(20, Math.max(0, tries - 1)))
}

function keysOf(attempts: readonly Attempt[]): string[] {
  return [...new Set(attempts.map((attempt) => attempt.key))]
}

function keyOf({ operationId }: AttemptInput, attempt: number): string {
  return `${operationId}:${attempt}`
}
