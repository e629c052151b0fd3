import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Done, line, page, paging, prose, Time } from './list.ts'
import { Money } from './money.ts'
import { StripeAccountId } from './stripe-account-id.ts'
import { StripeId } from './stripe-id.ts'

export const refundCauses = [
  'duplicate',
  'billed_after_cancel',
  'outage',
  'remorse',
  'forgotten_renewal',
  'fraud',
  'goodwill',
] as const
export const RefundCause = z.enum(refundCauses)
export type RefundCause = z.infer<typeof RefundCause>

const Reason = z.object({ code: z.string(), sentence: z.string() })

export const Authority = z.object({
  level: z.enum(['full', 'none']),
  requester: z.object({ id: id('con'), name: z.string(), email: z.string().nullable() }).nullable(),
  /** How the requester was verified and what that allows, in words. */
  how: z.string(),
  needs: z.enum(['code', 'lead_override']).nullable(),
})
export type Authority = z.infer<typeof Authority>

export const RefundPreview = z.object({
  previewId: id('prv'),
  expiresAt: Time,
  outcome: z.enum(['refund', 'proceed', 'refuse']),
  allowed: z.object({ min: Money, max: Money }).nullable(),
  proposed: Money.nullable(),
  effects: z.array(
    z.object({
      kind: z.enum(['credit_note', 'refund', 'mail', 'balance', 'subscription', 'product']),
      sentence: z.string(),
    }),
  ),
  approvals: z.array(z.object({ role: z.enum(['lead', 'finance']), because: z.string() })),
  authority: Authority,
  reasons: z.array(Reason),
  trace: z.array(z.object({ rule: z.string(), input: z.string(), result: z.string() })),
  policyVersion: z.number(),
  customerSentence: z.string(),
})
export type RefundPreview = z.infer<typeof RefundPreview>

export const previewRefund = endpoint({
  method: 'POST',
  path: '/refunds/preview',
  permission: 'billing.propose',
  summary: 'What the policy allows for this charge or invoice, what would happen and who must approve. Moves nothing.',
  body: z.strictObject({
    charge: StripeId.optional(),
    invoice: StripeId.optional(),
    /** Minor units of the charge’s currency. */
    amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
    cause: RefundCause,
    ticketId: id('tkt').optional(),
  }),
  result: RefundPreview,
})

export const operationStates = [
  'draft',
  'awaiting_approval',
  'queued',
  'running',
  'verifying',
  'done',
  'failed',
  'unknown',
  'rejected',
  'expired',
  'cancelled',
] as const

export const operationKinds = ['refund', 'balance_credit', 'subscription_cancellation', 'product_action'] as const

export const Operation = z.object({
  id: id('op'),
  kind: z.enum(operationKinds),
  /** The Stripe account it is done at; null where it is not done at Stripe. */
  account: StripeAccountId.nullable(),
  state: z.enum(operationStates),
  /** Why a refund is made; null for other kinds. */
  cause: RefundCause.nullable(),
  /** What whoever asked wrote down, for the approver and for the record. */
  note: z.string().nullable(),
  /** The state in words, with what happens next. */
  sentence: z.string(),
  money: Money.nullable(),
  target: z.object({
    charge: z.string().nullable(),
    invoice: z.string().nullable(),
    subscription: z.string().nullable(),
    customer: z.string().nullable(),
  }),
  /** Of an action of the product: which one, and the product's own key it is for. */
  product: z.object({ actionId: id('pac'), title: z.string(), key: z.string() }).nullable(),
  ticketId: id('tkt').nullable(),
  approvalId: id('apr').nullable(),
  result: z.object({
    refundId: z.string().nullable(),
    creditNoteId: z.string().nullable(),
    /** Of other kinds: what was made at Stripe or the product, or what was changed there. */
    effectId: z.string().nullable(),
  }),
  attempts: z.array(z.object({ key: z.string(), at: Time, outcome: z.string(), detail: z.string().nullable() })),
  /** The drafted answer to the customer, once done. */
  replyDraft: z.string().nullable(),
  requestedBy: z.string().nullable(),
  createdAt: Time,
})
export type Operation = z.infer<typeof Operation>

export const createRefund = endpoint({
  method: 'POST',
  path: '/refunds',
  permission: 'billing.propose',
  summary: 'Refund what a preview allowed. Answers with the operation; it runs after approval, if one is due.',
  body: z.strictObject({
    previewId: id('prv'),
    amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
    reason: prose(1000).optional(),
  }),
  result: Operation,
  status: 201,
})

const operationParams = z.strictObject({ id: id('op') })

export const getRefund = endpoint({
  method: 'GET',
  path: '/refunds/{id}',
  permission: 'billing.read',
  summary: 'One refund operation with every attempt.',
  params: operationParams,
  result: Operation,
})

export const listOperations = endpoint({
  method: 'GET',
  path: '/operations',
  permission: 'billing.read',
  summary: 'Operations of every kind, newest first; of one ticket or contact, or in one state.',
  query: z.strictObject({
    ...paging,
    ticketId: id('tkt').optional(),
    contactId: id('con').optional(),
    state: z.enum(operationStates).optional(),
  }),
  result: page(Operation),
})

export const cancelOperation = endpoint({
  method: 'POST',
  path: '/operations/{id}/cancel',
  permission: 'billing.propose',
  summary: 'Take an operation back before it starts.',
  params: operationParams,
  result: Operation,
})

export const recheckOperation = endpoint({
  method: 'POST',
  path: '/operations/{id}/recheck',
  permission: 'billing.propose',
  summary: 'Look an unknown operation up at Stripe, or at the product, again.',
  params: operationParams,
  result: Operation,
})

export const Approval = z.object({
  id: id('apr'),
  operationId: id('op'),
  operation: Operation,
  state: z.enum(['open', 'approved', 'rejected', 'expired']),
  requiredRole: z.enum(['lead', 'finance']),
  because: z.string(),
  requestedBy: z.object({ id: z.string(), name: z.string() }),
  decidedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  reason: z.string().nullable(),
  /** The preview exactly as the requester saw it. */
  seen: RefundPreview,
  contact: z.object({ id: id('con'), name: z.string() }).nullable(),
  ticketId: id('tkt').nullable(),
  ticketNumber: z.number().nullable(),
  /** Whether you may decide, and why not. */
  mayDecide: z.boolean(),
  mayNotBecause: z.string().nullable(),
  createdAt: Time,
  expiresAt: Time,
})
export type Approval = z.infer<typeof Approval>

export const listApprovals = endpoint({
  method: 'GET',
  path: '/approvals',
  permission: 'billing.read',
  summary: 'Approvals, open ones first unless a state is asked for.',
  query: z.strictObject({ ...paging, state: z.enum(['open', 'approved', 'rejected', 'expired']).optional() }),
  result: page(Approval),
})

export const getApproval = endpoint({
  method: 'GET',
  path: '/approvals/{id}',
  permission: 'billing.read',
  summary: 'One approval, with the preview as the requester saw it.',
  params: z.strictObject({ id: id('apr') }),
  result: Approval,
})

const decision = z.strictObject({ reason: prose(1000).optional() })

export const approve = endpoint({
  method: 'POST',
  path: '/approvals/{id}/approve',
  permission: 'billing.approve',
  summary: 'Approve, within your limit and never your own request.',
  params: z.strictObject({ id: id('apr') }),
  body: decision,
  result: Approval,
})

export const reject = endpoint({
  method: 'POST',
  path: '/approvals/{id}/reject',
  permission: 'billing.approve',
  summary: 'Reject, with a reason.',
  params: z.strictObject({ id: id('apr') }),
  body: decision,
  result: Approval,
})

export const overrideAuthority = endpoint({
  method: 'POST',
  path: '/tickets/{id}/authority',
  permission: 'billing.approve',
  summary: 'A lead vouches for the requester of a ticket; recorded with the reason.',
  params: z.strictObject({ id: id('tkt') }),
  body: z.strictObject({ reason: line(500) }),
  result: Authority,
})

export const sendAuthorityCode = endpoint({
  method: 'POST',
  path: '/tickets/{id}/authority-code',
  permission: 'billing.propose',
  summary: 'Mail a code to the billing address on file; the customer reads it back.',
  params: z.strictObject({ id: id('tkt') }),
  body: z.strictObject({ customer: StripeId }),
  result: z.object({ sentTo: z.string() }),
})

export const checkAuthorityCode = endpoint({
  method: 'POST',
  path: '/tickets/{id}/authority-code/check',
  permission: 'billing.propose',
  summary: 'Check the code the customer read back.',
  params: z.strictObject({ id: id('tkt') }),
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  result: Authority,
})

/** Limits in minor units per currency; other currencies are converted at the stored daily rate, against the agent. */
const Limits = z.record(z.string().regex(/^[A-Z]{3}$/), z.number().int().min(0))

export const PolicyLimits = z.strictObject({
  autoLimit: Limits,
  leadLimit: Limits,
  monthlyWindowDays: z.number().int().min(0).max(365),
  yearlyWindowDays: z.number().int().min(0).max(365),
  repeatPerYear: z.number().int().min(0).max(100),
})
export type PolicyLimits = z.infer<typeof PolicyLimits>

export const getRefundPolicy = endpoint({
  method: 'GET',
  path: '/policies/refund',
  permission: 'billing.read',
  summary: 'The refund policy in force, and earlier versions.',
  result: z.object({
    version: z.number(),
    limits: PolicyLimits,
    effectiveFrom: Time,
    earlier: z.array(
      z.object({ version: z.number(), limits: PolicyLimits, effectiveFrom: Time, by: z.string().nullable() }),
    ),
  }),
})

export const updateRefundPolicy = endpoint({
  method: 'PUT',
  path: '/policies/refund',
  permission: 'settings.write',
  summary: 'A new version of the refund policy. Decisions already made keep theirs.',
  body: z.strictObject({ limits: PolicyLimits, version: z.number().int() }),
  result: Done,
})
