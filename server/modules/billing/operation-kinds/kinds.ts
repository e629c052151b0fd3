import type { Operation } from '#contract/billing.ts'
import { balanceCredit } from './balance-credit.ts'
import type { OperationKind } from './operation-kind.ts'
import { productAction } from './product-action.ts'
import { refund } from './refund.ts'
import { subscriptionCancellation } from './subscription-cancellation.ts'

/** Every kind of operation by its name: one line each. */
export const operationKinds: Record<Operation['kind'], OperationKind> = {
  refund,
  balance_credit: balanceCredit,
  subscription_cancellation: subscriptionCancellation,
  product_action: productAction,
}
