import {
  explainCharge,
  explainInvoice,
  getApproval,
  getContactBilling,
  getRefund,
  getRefundPolicy,
  listApprovals,
  listOperations,
  type Operation,
} from '#contract/billing.ts'
import { getContactEntitlements } from '#contract/entitlements.ts'
import { checkEntitlements, listProductActions } from '#contract/product.ts'
import type { Id } from '#contract/ids.ts'
import { read, readPages } from '../api.ts'
import type { ApprovalShelf, OperationShelf } from '../paths.ts'

/** The ledger's words for what changes an operation: its own events, and decisions about it. */
const operationTopics = ['operation', 'approval'] as const

export type ContactId = Id<'con'>
export type TicketId = Id<'tkt'>
export type OperationId = Id<'op'>

/** Asked again by itself while Stripe's answer is still on its way. */
export const contactBillingQuery = (id: ContactId) => ({
  ...read(getContactBilling, { params: { id } }, [`contact:${id}`]),
  refetchInterval: (query: { state: { data?: { customers: { asOf: string | null; stale: boolean }[] } } }) =>
    query.state.data?.customers.some(({ asOf, stale }) => stale || asOf === null) ? 3000 : false,
})

/** Read anew each time it is opened. */
export const explanationQuery = (subject: string) => ({
  ...read(isInvoice(subject) ? explainInvoice : explainCharge, { params: { id: subject } }, operationTopics),
  staleTime: 0,
})

export function isInvoice(id: string): boolean {
  return id.startsWith('in_')
}

const settled: ReadonlySet<Operation['state']> = new Set([
  'done',
  'failed',
  'unknown',
  'rejected',
  'expired',
  'cancelled',
  'awaiting_approval',
])

/** An operation under way is also asked for on a timer, so that its end is seen even where the stream is down. */
export const operationQuery = (id: OperationId) => ({
  ...read(getRefund, { params: { id } }, [`operation:${id}`]),
  refetchInterval: (query: { state: { data?: Operation } }) =>
    query.state.data && settled.has(query.state.data.state) ? false : 3000,
})

export const ticketOperationsQuery = (ticketId: TicketId) =>
  read(listOperations, { query: { ticketId, limit: 20 } }, [`ticket:${ticketId}`])

export const operationsQuery = (state?: OperationShelf) =>
  readPages(listOperations, { query: { state, limit: 50 } }, operationTopics)

export const approvalsQuery = (state: ApprovalShelf | 'open') =>
  readPages(listApprovals, { query: { state, limit: 50 } }, operationTopics)

export const approvalQuery = (id: Id<'apr'>) => read(getApproval, { params: { id } }, operationTopics)

export const entitlementsQuery = (id: ContactId) =>
  read(getContactEntitlements, { params: { id } }, [`contact:${id}`, 'entitlement'])

/** Where what the product grants and what Stripe says disagree. */
export const entitlementCheckQuery = (id: ContactId) =>
  read(checkEntitlements, { params: { id } }, [`contact:${id}`, 'entitlement'])

export const productActionsQuery = readPages(listProductActions, { query: { limit: 100 } }, ['product_action'])

export const refundPolicyQuery = read(getRefundPolicy, {}, ['policy'])
