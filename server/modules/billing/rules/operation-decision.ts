import type { Money } from '#contract/money.ts'
import type { Reason, RequiredApproval, TraceStep } from './refund-request.ts'

/** What a rule says about an operation of any kind; a refund's decision has these and its own. */
export type OperationDecision = {
  outcome: 'refund' | 'proceed' | 'refuse'
  allowed: { min: Money; max: Money } | null
  proposed: Money | null
  approvals: RequiredApproval[]
  reasons: Reason[]
  trace: TraceStep[]
  effects: {
    kind: 'credit_note' | 'refund' | 'mail' | 'balance' | 'subscription' | 'product'
    sentence: string
    money?: Money
  }[]
  policyVersion: number
  customerSentence?: string
}
