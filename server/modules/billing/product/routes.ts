import * as contract from '#contract/product.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { readOperation } from '../views/operation-view.ts'
import { createAction, deleteAction, listActions, updateAction } from './action-catalogue.ts'
import { readEntitlementCheck } from './entitlement-check.ts'
import { orderProduct } from './order.ts'
import { previewProduct } from './preview.ts'
import { makeSecret, readProductPort } from './secrets.ts'
import { testAction } from './test-action.ts'

const settings: AnyRoute[] = [
  route(contract.getProductPort, ({ desk }) => readProductPort(desk)),
  route(contract.makeProductSecret, async ({ desk, body }) => ({ secret: await makeSecret(desk, body.use) })),
  route(contract.listProductActions, ({ desk, query }) => listActions(desk, query)),
  route(contract.createProductAction, ({ desk, body }) => createAction(desk, body)),
  route(contract.updateProductAction, ({ desk, params, body }) => updateAction(desk, params.id, body)),
  route(contract.withdrawProductAction, async ({ desk, params }) => {
    await deleteAction(desk, params.id)
    return { done: true as const }
  }),
  route(contract.testProductAction, ({ desk, params }) => testAction(desk, params.id)),
]

const operations: AnyRoute[] = [
  route(contract.previewProductAction, ({ desk, body }) => previewProduct(desk, body)),
  route(contract.orderProductAction, async ({ desk, body }) => readOperation(desk, await orderProduct(desk, body))),
  route(contract.checkEntitlements, ({ desk, params }) => readEntitlementCheck(desk, params.id)),
]

export const productRoutes: AnyRoute[] = [...settings, ...operations]
