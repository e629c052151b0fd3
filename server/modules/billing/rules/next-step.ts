import {
  attemptSettings,
  nextAttempt,
  stripeWords,
  type AttemptInput,
  type AttemptSettings,
  type Lookup,
  type NextStep,
} from './attempts.ts'

/**
 * The next step of an operation: as `nextAttempt` says, but what was taken on to be done later is never ordered again; it is
 * asked after until it is said to be done or refused.
 */
export function nextStep(input: AttemptInput): NextStep {
  const { attempts, lookups, now, settings = attemptSettings, words = stripeWords } = input
  const found = lookups.find(({ outcome }) => outcome === 'found')
  if (found) return { do: 'done', found: found.found ?? '' }
  const refused = lookups.find(({ outcome }) => outcome === 'refused')
  if (refused) return { do: 'failed', reason: refused.detail ?? words.refused }
  const taken = [
    ...attempts.filter(({ outcome }) => outcome === 'accepted').map((attempt) => attempt.endedAt ?? attempt.at),
    ...lookups.filter(({ outcome }) => outcome === 'accepted').map(({ at }) => at),
  ]
  return taken.length > 0 ? askAfter(Math.min(...taken), lookups, now, settings) : nextAttempt(input)
}

function askAfter(since: number, lookups: readonly Lookup[], now: number, settings: AttemptSettings): NextStep {
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
