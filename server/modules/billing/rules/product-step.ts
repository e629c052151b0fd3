import {
  attemptSettings,
  nextAttempt,
  type Attempt,
  type AttemptOutcome,
  type AttemptSettings,
  type AttemptWords,
  type Lookup,
  type NextStep,
} from './attempts.ts'

export type ProductAttempt = Omit<Attempt, 'outcome'> & { outcome: AttemptOutcome | 'accepted' }
export type ProductLookup = Omit<Lookup, 'outcome'> & {
  outcome: Lookup['outcome'] | 'accepted' | 'refused'
  detail?: string
}

const words: AttemptWords = {
  refused: 'The product refused the request.',
  neverTaken: 'The product took no request for this for three days; nothing was done.',
  notCarriedOut: 'The product could not carry this out for three days; nothing was done.',
  ask: 'The product cannot be asked whether this was done. Look there, and ask again from here.',
}

/**
 * The next step of an operation at the product: as with every call outside, and what was accepted is asked after until the
 * product says done or failed.
 */
export function nextProductStep(input: {
  operationId: string
  attempts: readonly ProductAttempt[]
  lookups: readonly ProductLookup[]
  now: number
  settings?: AttemptSettings
}): NextStep {
  const { attempts, lookups, now, settings = attemptSettings } = input
  if (lookups.some(({ outcome }) => outcome === 'found')) return { do: 'done', found: input.operationId }
  const refused = lookups.find(({ outcome }) => outcome === 'refused')
  if (refused) return { do: 'failed', reason: refused.detail ?? words.refused }
  const taken = [
    ...attempts.filter(({ outcome }) => outcome === 'accepted').map((attempt) => attempt.endedAt ?? attempt.at),
    ...lookups.filter(({ outcome }) => outcome === 'accepted').map(({ at }) => at),
  ]
  if (taken.length > 0) return askAfter(Math.min(...taken), lookups, now, settings)
  const plain = lookups.filter(
    (lookup): lookup is Lookup => lookup.outcome !== 'accepted' && lookup.outcome !== 'refused',
  )
  return nextAttempt({ ...input, attempts: attempts as readonly Attempt[], lookups: plain, words })
}

function askAfter(since: number, lookups: readonly ProductLookup[], now: number, settings: AttemptSettings): NextStep {
  const asked = lookups.filter(({ at }) => at >= since)
  const last = asked.at(-1)
  if (last?.outcome === 'absent')
    return { do: 'unknown', ask: 'The product took this on and now knows nothing of it. Look there what became of it.' }
  if (now - since >= settings.giveUpMs && asked.length > 0)
    return {
      do: 'unknown',
      ask: 'The product took this on and did not say for three days what became of it. Look there.',
    }
  const wait = Math.min(settings.longestWaitMs, settings.firstWaitMs * 2 ** Math.min(20, asked.length))
  const due = (last?.at ?? since) + wait
  return now < due ? { do: 'wait', until: due } : { do: 'look_up' }
}
