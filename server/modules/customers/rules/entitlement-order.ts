import type { Entitlement, EntitlementState, Quota } from '#contract/entitlements.ts'

/** An entitlement without where it was learned: every field said, absent ones as null, times in UTC to the millisecond. */
export type EntitlementFacts = Pick<
  Entitlement,
  | 'kind'
  | 'name'
  | 'email'
  | 'domain'
  | 'contactId'
  | 'accountId'
  | 'access'
  | 'accessUntil'
  | 'plan'
  | 'seats'
  | 'seatsUsed'
  | 'quotas'
  | 'occurredAt'
>

/** `same` still moves the time up to which it is known to be so. */
export type EntitlementOutcome = 'new' | 'changed' | 'same' | 'older'

/** A statement in the one form in which two of them can be compared. */
export function entitlementFacts(state: EntitlementState): EntitlementFacts {
  return {
    kind: state.kind,
    name: state.name ?? null,
    email: state.email ?? null,
    domain: state.domain ?? null,
    contactId: state.contactId ?? null,
    accountId: state.accountId ?? null,
    access: state.access,
    accessUntil: state.accessUntil ? toMillisecond(state.accessUntil) : null,
    plan: state.plan ?? null,
    seats: state.seats ?? null,
    seatsUsed: state.seatsUsed ?? null,
    quotas: (state.quotas ?? []).toSorted((a, b) => compareTexts(quotaText(a), quotaText(b))),
    occurredAt: toMillisecond(state.occurredAt),
  }
}

/**
 * What a statement does to what is known. The later one stands, whatever the order in which they come; of two made for the
 * same millisecond the same one always wins, so that every order ends alike.
 */
export function decideEntitlement(known: EntitlementFacts | undefined, said: EntitlementFacts): EntitlementOutcome {
  if (!known) return 'new'
  const order = compareTexts(said.occurredAt, known.occurredAt) || compareTexts(factsText(said), factsText(known))
  if (order < 0) return 'older'
  return factsText(said) === factsText(known) ? 'same' : 'changed'
}

/** Granted, and its end not reached; `now` in epoch ms. */
export function hasAccess(facts: Pick<EntitlementFacts, 'access' | 'accessUntil'>, now: number): boolean {
  return (
    facts.access === 'granted' &&
    (facts.accessUntil === null || now < Temporal.Instant.from(facts.accessUntil).epochMilliseconds)
  )
}

/** Whatever else a stored one carries does not count. */
function factsText(facts: EntitlementFacts): string {
  const { kind, name, email, domain, contactId, accountId, access, accessUntil, plan, seats, seatsUsed } = facts
  const parts = [kind, name, email, domain, contactId, accountId, access, accessUntil, plan, seats, seatsUsed]
  return JSON.stringify([...parts, facts.quotas.map(quotaText)])
}

function quotaText({ name, limit, used }: Quota): string {
  return JSON.stringify([name, limit, used])
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** One form for every offset, so that texts compare as times do. */
function toMillisecond(time: string): string {
  return Temporal.Instant.from(time).toString({ fractionalSecondDigits: 3 })
}
