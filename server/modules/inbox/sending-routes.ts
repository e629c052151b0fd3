import * as delivery from '#contract/deliveries.ts'
import * as contract from '#contract/sending.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { forwardMessages } from './actions/forward-messages.ts'
import { makeDkimKey } from './actions/make-dkim-key.ts'
import { resendTo } from './actions/resend-to.ts'
import { retryNow } from './actions/retry-now.ts'
import { saveSender } from './actions/save-sender.ts'
import { checkDkimKey, switchDkimKey } from './actions/switch-dkim-key.ts'
import { testSender } from './actions/test-sender.ts'
import { viewDelivery } from './views/delivery-attempts.ts'
import { readMessage } from './views/list-messages.ts'
import { listDkim, readDkim, viewSender } from './views/sending.ts'

/** How mail leaves: senders, their servers, and what signs for their domains. */
export const sendingRoutes: AnyRoute[] = [
  route(delivery.readDelivery, ({ desk, params }) => viewDelivery(desk, params.id)),
  route(delivery.retryDelivery, async ({ desk, params }) => {
    await retryNow(desk, params.id)
    return readMessage(desk, params.id)
  }),
  route(delivery.resendTo, async ({ desk, params, body }) => readMessage(desk, await resendTo(desk, params.id, body))),
  route(delivery.forwardMessages, async ({ desk, params, body }) =>
    readMessage(desk, await forwardMessages(desk, params.id, body)),
  ),
  route(contract.getSender, ({ desk, params }) => viewSender(desk, params.id)),
  route(contract.saveSender, async ({ desk, params, body }) => {
    await saveSender(desk, params.id, body)
    return viewSender(desk, params.id)
  }),
  route(contract.testSender, ({ desk, params, body }) => testSender(desk, params.id, body)),
  route(contract.listDkimKeys, ({ desk }) => listDkim(desk)),
  route(contract.createDkimKey, async ({ desk, body }) => readDkim(desk, body.domain, await makeDkimKey(desk, body))),
  route(contract.checkDkimKey, async ({ desk, params }) => {
    await checkDkimKey(desk, params.domain, params.selector)
    return readDkim(desk, params.domain, params.selector)
  }),
  route(contract.switchDkimKey, async ({ desk, params, body }) => {
    await switchDkimKey(desk, params.domain, params.selector, body)
    return readDkim(desk, params.domain, params.selector)
  }),
]
