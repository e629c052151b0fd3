import * as contract from '#contract/deleted-tickets.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { deleteTicket, restoreTicket } from './actions/delete-ticket.ts'
import { listDeletedTickets } from './views/list-deleted-tickets.ts'

const done = { done: true } as const

export const deletedRoutes: AnyRoute[] = [
  route(contract.deleteTicket, async ({ desk, params }) => {
    await deleteTicket(desk, params.id)
    return done
  }),
  route(contract.restoreTicket, async ({ desk, params }) => {
    await restoreTicket(desk, params.id)
    return done
  }),
  route(contract.listDeletedTickets, ({ desk, query }) => listDeletedTickets(desk, query)),
]
