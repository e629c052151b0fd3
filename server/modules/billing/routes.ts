import * as contract from '#contract/billing.ts'
import * as mirrorContract from '#contract/billing-mirror.ts'
import * as operationContract from '#contract/operations.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { checkAuthorityCode, sendAuthorityCode } from './actions/authority-code.ts'
import { cancelOperation } from './actions/cancel-operation.ts'
import { auditSoon, copyAgain } from './actions/check-mirror.ts'
import { createBalanceCredit } from './actions/create-balance-credit.ts'
import { createCancellation } from './actions/create-cancellation.ts'
import { createRefund } from './actions/create-refund.ts'
import { decideOnApproval } from './actions/decide-approval.ts'
import { createLink, decideLink } from './actions/decide-link.ts'
import { overrideAuthority } from './actions/override-authority.ts'
import { previewBalanceCredit } from './actions/preview-balance-credit.ts'
import { previewCancellation } from './actions/preview-cancellation.ts'
import { previewRefund } from './actions/preview-refund.ts'
import { recheckOperation } from './actions/recheck-operation.ts'
import { saveRefundPolicy } from './actions/refund-policy.ts'
import { listApprovals, readApproval } from './views/approval-view.ts'
import { readContactBilling } from './views/contact-billing.ts'
import { readExplanation, readInvoiceExplanation } from './views/explanation.ts'
import { readLink } from './views/link-view.ts'
import { readMirrorStatus } from './views/mirror-status.ts'
import { listOperations, readOperation } from './views/operation-view.ts'
import { readRefundPolicy } from './views/refund-policy-view.ts'
import { searchCustomers } from './views/search-customers.ts'

const facts: AnyRoute[] = [
  route(contract.getContactBilling, ({ desk, params }) => readContactBilling(desk, params.id)),
  route(contract.explainCharge, ({ desk, params }) => readExplanation(desk, params.id)),
  route(contract.explainInvoice, ({ desk, params }) => readInvoiceExplanation(desk, params.id)),
  route(contract.searchBillingCustomers, ({ desk, query }) => searchCustomers(desk, query)),
]

const mirror: AnyRoute[] = [
  route(mirrorContract.getMirrorStatus, ({ desk }) => readMirrorStatus(desk)),
  route(mirrorContract.copyMirror, async ({ desk }) => {
    await copyAgain(desk)
    return { done: true as const }
  }),
  route(mirrorContract.auditMirror, async ({ desk }) => {
    await auditSoon(desk)
    return { done: true as const }
  }),
]

const links: AnyRoute[] = [
  route(contract.createBillingLink, async ({ desk, body }) => readLink(desk, await createLink(desk, body))),
  route(contract.confirmBillingLink, async ({ desk, params }) => {
    await decideLink(desk, params.id, 'confirmed')
    return readLink(desk, params.id)
  }),
  route(contract.rejectBillingLink, async ({ desk, params }) => {
    await decideLink(desk, params.id, 'rejected')
    return readLink(desk, params.id)
  }),
]

const refunds: AnyRoute[] = [
  route(contract.previewRefund, ({ desk, body }) => previewRefund(desk, body)),
  route(contract.createRefund, async ({ desk, body }) => readOperation(desk, await createRefund(desk, body))),
  route(contract.getRefund, ({ desk, params }) => readOperation(desk, params.id)),
  route(contract.listOperations, ({ desk, query }) => listOperations(desk, query)),
  route(contract.cancelOperation, async ({ desk, params }) => {
    await cancelOperation(desk, params.id)
    return readOperation(desk, params.id)
  }),
  route(contract.recheckOperation, async ({ desk, params }) => {
    await recheckOperation(desk, params.id)
    return readOperation(desk, params.id)
  }),
]

const operations: AnyRoute[] = [
  route(operationContract.getOperation, ({ desk, params }) => readOperation(desk, params.id)),
  route(operationContract.previewBalanceCredit, ({ desk, body }) => previewBalanceCredit(desk, body)),
  route(operationContract.createBalanceCredit, async ({ desk, body }) =>
    readOperation(desk, await createBalanceCredit(desk, body)),
  ),
  route(operationContract.previewCancellation, ({ desk, body }) => previewCancellation(desk, body)),
  route(operationContract.createCancellation, async ({ desk, body }) =>
    readOperation(desk, await createCancellation(desk, body)),
  ),
]

const approvals: AnyRoute[] = [
  route(contract.listApprovals, ({ desk, query }) => listApprovals(desk, query)),
  route(contract.getApproval, ({ desk, params }) => readApproval(desk, params.id)),
  route(contract.approve, async ({ desk, params, body }) => {
    await decideOnApproval(desk, params.id, 'approve', body.reason)
    return readApproval(desk, params.id)
  }),
  route(contract.reject, async ({ desk, params, body }) => {
    await decideOnApproval(desk, params.id, 'reject', body.reason)
    return readApproval(desk, params.id)
  }),
]

const authority: AnyRoute[] = [
  route(contract.overrideAuthority, ({ desk, params, body }) => overrideAuthority(desk, params.id, body.reason)),
  route(contract.sendAuthorityCode, async ({ desk, params, body }) => ({
    sentTo: await sendAuthorityCode(desk, params.id, body.customer),
  })),
  route(contract.checkAuthorityCode, ({ desk, params, body }) => checkAuthorityCode(desk, params.id, body.code)),
]

const policy: AnyRoute[] = [
  route(contract.getRefundPolicy, ({ desk }) => readRefundPolicy(desk)),
  route(contract.updateRefundPolicy, async ({ desk, body }) => {
    await saveRefundPolicy(desk, body)
    return { done: true as const }
  }),
]

export const routes: AnyRoute[] = [
  ...facts,
  ...mirror,
  ...links,
  ...refunds,
  ...operations,
  ...approvals,
  ...authority,
  ...policy,
]
