import * as contract from '#contract/billing.ts'
import * as mirrorContract from '#contract/billing-mirror.ts'
import * as accountsContract from '#contract/stripe-accounts.ts'
import * as operationContract from '#contract/operations.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { checkAuthorityCode, sendAuthorityCode } from './actions/authority-code.ts'
import { cancelOperation } from './actions/cancel-operation.ts'
import { auditSoon, copyAgain } from './actions/check-mirror.ts'
import { connectAccount, disconnectAccount } from './actions/connect-account.ts'
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
import { onAccount, onHolder, onRow } from './stripe-accounts.ts'
import { listApprovals, readApproval } from './views/approval-view.ts'
import { readContactBilling } from './views/contact-billing.ts'
import { readExplanation, readInvoiceExplanation } from './views/explanation.ts'
import { readLink } from './views/link-view.ts'
import { readMirrorStatus } from './views/mirror-status.ts'
import { listOperations, readOperation } from './views/operation-view.ts'
import { readRefundPolicy } from './views/refund-policy-view.ts'
import { searchCustomers } from './views/search-customers.ts'
import { listAccounts } from './views/stripe-accounts.ts'

const facts: AnyRoute[] = [
  route(contract.getContactBilling, ({ desk, params }) => readContactBilling(desk, params.id)),
  route(contract.explainCharge, async ({ desk, params }) =>
    readExplanation(await onHolder(desk, params.id), params.id),
  ),
  route(contract.explainInvoice, async ({ desk, params }) =>
    readInvoiceExplanation(await onHolder(desk, params.id), params.id),
  ),
  route(contract.searchBillingCustomers, ({ desk, query }) => searchCustomers(desk, query)),
]

const mirror: AnyRoute[] = [
  route(mirrorContract.getMirrorStatus, async ({ desk, query }) =>
    readMirrorStatus(await onAccount(desk, query.account)),
  ),
  route(mirrorContract.copyMirror, async ({ desk, query }) => {
    await copyAgain(await onAccount(desk, query.account))
    return { done: true as const }
  }),
  route(mirrorContract.auditMirror, async ({ desk, query }) => {
    await auditSoon(await onAccount(desk, query.account))
    return { done: true as const }
  }),
]

const accounts: AnyRoute[] = [
  route(accountsContract.listStripeAccounts, async ({ desk }) => ({ items: await listAccounts(desk) })),
  route(accountsContract.connectStripeAccount, ({ desk, body }) => connectAccount(desk, body)),
  route(accountsContract.disconnectStripeAccount, async ({ desk, params }) => {
    await disconnectAccount(desk, params.id)
    return { done: true as const }
  }),
]

const links: AnyRoute[] = [
  route(contract.createBillingLink, async ({ desk, body }) => {
    const at = await onHolder(desk, body.customer)
    return readLink(at, await createLink(at, body))
  }),
  route(contract.confirmBillingLink, async ({ desk, params }) => {
    const at = await onRow(desk, 'link', params.id)
    await decideLink(at, params.id, 'confirmed')
    return readLink(at, params.id)
  }),
  route(contract.rejectBillingLink, async ({ desk, params }) => {
    const at = await onRow(desk, 'link', params.id)
    await decideLink(at, params.id, 'rejected')
    return readLink(at, params.id)
  }),
]

const refunds: AnyRoute[] = [
  route(contract.previewRefund, async ({ desk, body }) =>
    previewRefund(await onHolder(desk, body.charge ?? body.invoice), body),
  ),
  route(contract.createRefund, async ({ desk, body }) =>
    readOperation(desk, await createRefund(await onRow(desk, 'preview', body.previewId), body)),
  ),
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
  route(operationContract.previewBalanceCredit, async ({ desk, body }) =>
    previewBalanceCredit(await onHolder(desk, body.customer), body),
  ),
  route(operationContract.createBalanceCredit, async ({ desk, body }) =>
    readOperation(desk, await createBalanceCredit(await onRow(desk, 'preview', body.previewId), body)),
  ),
  route(operationContract.previewCancellation, async ({ desk, body }) =>
    previewCancellation(await onHolder(desk, body.subscription), body),
  ),
  route(operationContract.createCancellation, async ({ desk, body }) =>
    readOperation(desk, await createCancellation(await onRow(desk, 'preview', body.previewId), body)),
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
    sentTo: await sendAuthorityCode(await onHolder(desk, body.customer), params.id, body.customer),
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
  ...accounts,
  ...links,
  ...refunds,
  ...operations,
  ...approvals,
  ...authority,
  ...policy,
]
