import * as contract from '#contract/product.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { createAction, deleteAction, listActions, updateAction } from './action-catalogue.ts'
import { cancelProduct, decideProduct, recheckProduct } from './decide.ts'
import { orderProduct, previewProduct } from './order.ts'
import { makeSecret, readProductPort } from './secrets.ts'
import { testAction } from './test-action.ts'
import { listOperations, readEntitlementCheck, readProductOperation } from './views.ts'

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
  route(contract.orderProductAction, async ({ desk, body }) =>
    readProductOperation(desk, await orderProduct(desk, body)),
  ),
  route(contract.listProductOperations, ({ desk, query }) => listOperations(desk, query)),
  route(contract.getProductOperation, ({ desk, params }) => readProductOperation(desk, params.id)),
  route(contract.decideProductOperation, async ({ desk, params, body }) => {
    await decideProduct(desk, params.id, body)
    return readProductOperation(desk, params.id)
  }),
  route(contract.cancelProductOperation, async ({ desk, params }) => {
    await cancelProduct(desk, params.id)
    return readProductOperation(desk, params.id)
  }),
  route(contract.recheckProductOperation, async ({ desk, params }) => {
    await recheckProduct(desk, params.id)
    return readProductOperation(desk, params.id)
  }),
  route(contract.checkEntitlements, ({ desk, params }) => readEntitlementCheck(desk, params.id)),
]

export const productRoutes: AnyRoute[] = [...settings, ...operations]
