import { getDraft } from '#contract/drafts.ts'
import { listCorrections } from '#contract/corrections.ts'
import { getContact } from '#contract/customers.ts'
import {
  getTicket,
  listMessages,
  listTicketEvents,
  listTickets,
  listViews,
  replyDefaults,
  type ViewId,
} from '#contract/inbox.ts'
import { getTicketArithmetic } from '#contract/insights.ts'
import { listAgents, listTeams } from '#contract/team.ts'
import type { Id } from '#contract/ids.ts'
import { read, readPages } from '../api.ts'
import { queryClient } from '../query-client.ts'

type Ticket = Id<'tkt'>

export const viewsQuery = read(listViews, {}, ['tickets'])

/** A view's list follows the stream by itself; see `use-queue.ts`. */
export const queueQuery = (view: ViewId) => readPages(listTickets, { query: { view, limit: 50 } })

export const ticketQuery = (id: Ticket) => read(getTicket, { params: { id } }, [`ticket:${id}`])

/** From the newest back. */
export const messagesQuery = (id: Ticket) =>
  readPages(listMessages, { params: { id }, query: { order: 'newest', limit: 25 } }, [`ticket:${id}`])

export const eventsQuery = (id: Ticket) =>
  readPages(listTicketEvents, { params: { id }, query: { limit: 100 } }, [`ticket:${id}`])

export const replyDefaultsQuery = (id: Ticket) => read(replyDefaults, { params: { id } }, [`ticket:${id}`])

/** Read anew each time the composer opens; what is typed since then is newer than any copy. */
export const draftQuery = (id: Ticket) => ({ ...read(getDraft, { params: { id } }), staleTime: 0 })

export const arithmeticQuery = (id: Ticket) => read(getTicketArithmetic, { params: { id } }, [`ticket:${id}`])

export const contactQuery = (id: Id<'con'>) => read(getContact, { params: { id } }, [`contact:${id}`])

export const pastTicketsQuery = (requesterId: Id<'con'>) =>
  read(listTickets, { query: { requesterId, limit: 20 } }, [`contact:${requesterId}`, 'tickets'])

export const agentsQuery = read(listAgents, { query: { limit: 100 } }, ['agent'])
export const teamsQuery = read(listTeams, { query: { limit: 100 } }, ['team'])

export const correctionsQuery = (id: Ticket) => read(listCorrections, { params: { id } }, [`ticket:${id}`])

/** What opening a ticket needs, fetched before it is opened. */
export function prefetchTicket(id: Ticket): void {
  void queryClient.prefetchQuery(ticketQuery(id))
  void queryClient.prefetchInfiniteQuery(messagesQuery(id))
  void queryClient.prefetchInfiniteQuery(eventsQuery(id))
}
