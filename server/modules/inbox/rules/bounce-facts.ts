import type { FailureReason } from '#contract/addresses.ts'

export type { FailureReason }

/** `hard`: the address does not exist. `soft`: it may work later. `block`: a rule of the other side refused this mail. */
export type FailureKind = 'hard' | 'soft' | 'block' | 'complaint'

/** What became of one mail for one recipient, as the server that failed it says. */
export type MailFailure = {
  /** Lower case. */
  address: string
  kind: FailureKind
  reason: FailureReason
  /** Enhanced status code such as 5.1.1 (RFC 3463). */
  status: string | null
  /** The server's own words, one line, at most 500 characters. */
  diagnostic: string
  /** The server that refused, where it is named. */
  remote: string | null
  /** It is only late: the server that reports keeps trying. */
  delayed: boolean
}
