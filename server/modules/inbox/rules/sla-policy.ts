import type { Priority } from '#contract/inbox.ts'
import type { SlaPolicy, SlaTarget, SlaTerms } from '#contract/sla.ts'

/** What every desk starts with: a first reply within four business hours. */
export const defaultSlaPolicy: SlaPolicy = {
  id: 'default',
  version: 1,
  targets: [{ target: 'first_reply', seconds: 4 * 3600, clock: 'business' }],
}

/** What a policy is matched against. */
export type SlaSubject = { segment: 'consumer' | 'enterprise'; channel: string; teamId: string }

/** The first policy, in the order given, that takes this ticket; null means the ticket has no SLA. */
export function choosePolicy(policies: readonly SlaPolicy[], subject: SlaSubject): SlaPolicy | null {
  return policies.find(({ match }) => match === undefined || matches(match, subject)) ?? null
}

function matches(match: NonNullable<SlaPolicy['match']>, { segment, channel, teamId }: SlaSubject): boolean {
  return (
    (match.segments?.includes(segment) ?? true) &&
    (match.channels?.includes(channel) ?? true) &&
    (match.teamIds?.includes(teamId) ?? true)
  )
}

export function termsOf(policy: SlaPolicy, target: SlaTarget, priority: Priority): SlaTerms | null {
  return policy.targets.find((row) => row.target === target && (row.priorities?.includes(priority) ?? true)) ?? null
}
