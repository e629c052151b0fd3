import * as contract from '#contract/corrections.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { mergeTickets } from './actions/merge-tickets.ts'
import { moveMessages } from './actions/move-messages.ts'
import { relinkSender } from './actions/relink-sender.ts'
import { splitTicket } from './actions/split-ticket.ts'
import { undoCorrection } from './actions/undo-correction.ts'
import { listCorrections, readCorrectionView } from './views/correction-rows.ts'

/** Putting right what stands where. */
export const correctionRoutes: AnyRoute[] = [
  route(contract.splitTicket, async ({ desk, params, body }) =>
    readCorrectionView(desk, await splitTicket(desk, params.id, body)),
  ),
  route(contract.moveMessages, async ({ desk, params, body }) =>
    readCorrectionView(desk, await moveMessages(desk, params.id, body)),
  ),
  route(contract.mergeTicket, async ({ desk, params, body }) =>
    readCorrectionView(desk, await mergeTickets(desk, params.id, body)),
  ),
  route(contract.relinkSender, async ({ desk, params, body }) =>
    readCorrectionView(desk, await relinkSender(desk, params.id, body)),
  ),
  route(contract.listCorrections, ({ desk, params }) => listCorrections(desk, params.id)),
  route(contract.undoCorrection, async ({ desk, params }) => {
    await undoCorrection(desk, params.id)
    return readCorrectionView(desk, params.id)
  }),
]
