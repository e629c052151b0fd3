import { isExactForStripe, toStripe, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { AuthorityLevel } from './authority.ts'
import type { BillingCustomerFacts } from './facts.ts'
import { goodwillCapApproval, repeatApproval } from './given-approvals.ts'
import { amountApprover, type Rates } from './limits.ts'
import type { OperationDecision } from './operation-decision.ts'
import { overrideApproval } from './override-approval.ts'
import type { RefundPolicy } from './policy.ts'
import type { Given, Reason, RequiredApproval } from './refund-request.ts'
import type { BalanceCreditCall } from './stripe-call.ts'

export type BalanceCreditRequest = {
  customer: BillingCustomerFacts | undefined
  money: Money
  authority: AuthorityLevel | 'not_asked'
  policy: RefundPolicy
  givenBefore: Given[]
  rates?: Rates
  /** Epoch ms. */
  now: number
}

/** Why this customer cannot be credited this amount; undefined when they can. */
export function creditBlock(customer: BillingCustomerFacts | undefined, money: Money): Reason | undefined {
  if (!customer || customer.deleted)
    return { code: 'no_customer', sentence: 'Stripe does not know this customer any more.' }
  if (money.amount <= 0 || !isExactForStripe(money))
    return { code: 'bad_amount', sentence: `Stripe has no such amount in ${money.currency}.` }
  const currency = customer.currency?.toUpperCase()
  if (currency && currency !== money.currency)
    return {
      code: 'other_currency',
      sentence: `This customer is billed in ${currency}; a credit in ${money.currency} would never be used.`,
    }
  return undefined
}

/** Whether a credit may be given, who must approve, and what it does. A credit is goodwill: it counts with what was refunded so. */
export function decideBalanceCredit(request: BalanceCreditRequest): OperationDecision {
  const { customer, money, policy, rates } = request
  const block = creditBlock(customer, money)
  const shared = { trace: [], policyVersion: policy.version, allowed: null }
  if (block) return { ...shared, outcome: 'refuse', proposed: null, approvals: [], reasons: [block], effects: [] }
  const words = formatMoney(money)
  const approvals: RequiredApproval[] = overrideApproval(request.authority)
  const band = amountApprover(money, policy, rates)
  if (band) approvals.push({ role: band.role, code: 'amount', because: `This is ${band.sentence}` })
  approvals.push(...repeatApproval(request), ...goodwillCapApproval(money, request))
  return {
    ...shared,
    outcome: 'proceed',
    proposed: money,
    approvals,
    reasons: [],
    effects: [
      {
        kind: 'balance',
        sentence: `${words} are credited to the customer’s balance and taken off their next invoice; no money goes back.`,
        money,
      },
    ],
  }
}

/** The one call. Stripe counts a customer's debt, so that credit is negative. */
export function planBalanceCredit(operationId: string, customer: string, money: Money): BalanceCreditCall {
  return {
    call: 'customers.createBalanceTransaction',
    customer,
    params: {
      amount: -toStripe(money),
      currency: money.currency.toLowerCase(),
      description: 'Credit by support',
      metadata: { operation_id: operationId },
    },
    lookUp: { list: 'customer_balance_transactions', params: { customer } },
  }
}
