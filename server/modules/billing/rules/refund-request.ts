import type { RefundCause } from '#contract/billing.ts'
import type { Segment } from '#contract/customers.ts'
import type { Money } from '#contract/money.ts'
import type { AuthorityLevel } from './authority.ts'
import type {
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  InvoiceFacts,
  InvoicePaymentFacts,
  RefundFacts,
  SubscriptionFacts,
} from './facts.ts'
import type { Approver, Rates } from './limits.ts'
import type { RefundPolicy } from './policy.ts'

/** A refund of ours that is decided but may not show at Stripe yet. */
export type PendingRefund = { operationId: string; money: Money }

/**
 * Money the same customer or card was given before, on whichever way: back to the card, or as credit on the balance, which is
 * goodwill. What is still under way counts. `at` in epoch ms.
 */
export type Given = { at: number; money: Money; cause: RefundCause }

export type RefundRequest = {
  policy: RefundPolicy
  charge: ChargeFacts
  invoice?: InvoiceFacts
  /** Payments of the invoice, when they did not come with it. */
  payments?: InvoicePaymentFacts[]
  subscription?: SubscriptionFacts
  refunds: RefundFacts[]
  creditNotes: CreditNoteFacts[]
  disputes: DisputeFacts[]
  /** On this charge, open in any state before done or failed. */
  pendingOperations: PendingRefund[]
  cause: RefundCause
  requestedAmount?: Money
  /** `not_asked` when no customer asked, as when the desk mends its own mistake. */
  requester: { authority: AuthorityLevel | 'not_asked' }
  segment: Segment
  /** ISO 3166 of the buyer, for rights by law. */
  country?: string
  givenBefore: Given[]
  rates?: Rates
  usage?: { used: number; included: number }
  /** Epoch ms from which the service counts as unused; `now` when absent. */
  effectiveAt?: number
  /** Epoch ms. */
  now: number
}

export type Reason = { code: string; sentence: string }
export type TraceStep = { rule: string; input: string; result: string }
export type RequiredApproval = { role: Approver; code: string; because: string }
export type RefundEffect = { kind: 'credit_note' | 'refund' | 'mail'; sentence: string; money?: Money }

export type RefundDecision = {
  outcome: 'refund' | 'refuse'
  /** Null when nothing may be refunded. */
  allowed: { min: Money; max: Money } | null
  /** What the policy proposes, or the amount asked for when it is allowed. */
  proposed: Money | null
  approvals: RequiredApproval[]
  reasons: Reason[]
  trace: TraceStep[]
  effects: RefundEffect[]
  policyVersion: number
  customerSentence: string
}
