import type { AddressState } from '#contract/addresses.ts'
import type { MailFailure } from './bounce-facts.ts'

export type KnownAddress = {
  state: AddressState
  reason: string | null
  status: string | null
  softCount: number
  softSince: Temporal.Instant | null
  lastFailureAt: Temporal.Instant | null
}

/**
 * A row of soft failures makes an address count as gone when there were this many of them, over at least this long: a full
 * mailbox is emptied after a holiday, a server is mended in days. A row ends when this long nothing failed.
 */
export const softRow = { failures: 5, overDays: 7, endsAfterDays: 30 }

const clean: KnownAddress = {
  state: 'ok',
  reason: null,
  status: null,
  softCount: 0,
  softSince: null,
  lastFailureAt: null,
}

/**
 * What an address is after a failure. One hard failure is enough, a complaint as well; a block says more about us than
 * about the address; a delay says nothing. What is suppressed stays so until somebody is heard from there.
 */
export function afterFailure(
  before: KnownAddress | undefined,
  failure: Pick<MailFailure, 'kind' | 'reason' | 'status' | 'delayed'>,
  now: Temporal.Instant,
): KnownAddress {
  const known = before ?? clean
  if (failure.delayed) return known
  const said = { reason: failure.reason, status: failure.status, lastFailureAt: now }
  if (failure.kind === 'complaint') return { ...known, ...said, state: 'complained' }
  if (failure.kind === 'hard') return { ...known, ...said, state: known.state === 'complained' ? 'complained' : 'hard' }
  if (known.state === 'hard' || known.state === 'complained') return { ...known, lastFailureAt: now }
  if (failure.kind === 'block') return { ...known, ...said, state: 'blocked' }
  const days = (from: Temporal.Instant) => now.since(from).total('hours') / 24
  const goesOn = known.lastFailureAt !== null && days(known.lastFailureAt) <= softRow.endsAfterDays
  const softCount = goesOn ? known.softCount + 1 : 1
  const softSince = (goesOn ? known.softSince : null) ?? now
  const gone = softCount >= softRow.failures && days(softSince) >= softRow.overDays
  return { ...known, ...said, softCount, softSince, state: gone ? 'hard' : 'soft' }
}

export type Suppression = { held: false } | { held: true; code: 'address_hard' | 'address_complained' | 'unsubscribed' }

/** Whether automatic mail is held back from an address. */
export function heldBack(known: { state: AddressState; unsubscribed: boolean } | undefined): Suppression {
  if (known?.state === 'complained') return { held: true, code: 'address_complained' }
  if (known?.state === 'hard') return { held: true, code: 'address_hard' }
  return known?.unsubscribed ? { held: true, code: 'unsubscribed' } : { held: false }
}

/** Whether a person who writes to an address in this state is asked first. */
export function asksFirst(state: AddressState): state is 'hard' | 'complained' {
  return state === 'hard' || state === 'complained'
}
