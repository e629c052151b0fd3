import * as contract from '#contract/custody.ts'
import * as inbox from '#contract/inbox.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { rerunItem } from './actions/rerun-item.ts'
import { rerunParked } from './actions/rerun-parked.ts'
import { readRawItem } from './actions/read-raw-item.ts'
import { resend } from './actions/resend.ts'
import { settle } from './actions/settle.ts'
import { custodyCounts } from './views/custody-counts.ts'
import { readCustodyDetail } from './views/custody-detail.ts'
import { listCustodyItems, readCustodyItem } from './views/custody-items.ts'
import { listCustodyRerunItems, readCustodyRerun } from './views/custody-reruns.ts'
import { readMessage } from './views/list-messages.ts'
import { parkedReasons } from './views/parked-reasons.ts'

/** What became of mail that came, and of mail that left. */
export const custodyRoutes: AnyRoute[] = [
  route(contract.getCustody, ({ desk }) => custodyCounts(desk)),
  route(contract.listCustodyItems, ({ desk, query }) => listCustodyItems(desk, query)),
  route(contract.getCustodyItem, ({ desk, params }) => readCustodyDetail(desk, params.id)),
  route(contract.listParked, ({ desk }) => parkedReasons(desk)),
  route(contract.startCustodyRerun, async ({ desk, body }) =>
    readCustodyRerun(desk, await rerunParked(desk, body.reason ?? null)),
  ),
  route(contract.getCustodyRerun, ({ desk, params }) => readCustodyRerun(desk, params.id)),
  route(contract.listCustodyRerunItems, ({ desk, params, query }) => listCustodyRerunItems(desk, params.id, query)),
  route(contract.rerunCustodyItem, async ({ desk, params }) => {
    await rerunItem(desk, params.id)
    return readCustodyItem(desk, params.id)
  }),
  route(contract.readCustodyItem, async ({ desk, params, reply }) => {
    const raw = await readRawItem(desk, params.id)
    // Never shown by a browser, whatever the bytes pretend to be.
    void reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${params.id}.eml"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
    return raw
  }),
  route(inbox.resendMessage, async ({ desk, params, body }) => {
    await resend(desk, params.id, body)
    return readMessage(desk, params.id)
  }),
  route(inbox.settleDelivery, async ({ desk, params }) => {
    await settle(desk, params.id)
    return readMessage(desk, params.id)
  }),
]
