import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { TicketRow } from './inbox.ts'
import { line, paging, Time } from './list.ts'

export const SearchHit = z.object({
  ticket: TicketRow,
  /** Plain text around the hit; matched words stand between « and ». */
  snippet: z.string(),
})

export const search = endpoint({
  method: 'GET',
  path: '/search',
  permission: 'tickets.read',
  summary: 'Tickets by words in subjects, messages and notes, by number, requester, address or Message-ID.',
  query: z.strictObject({ q: line(200), limit: paging.limit }),
  result: z.object({ items: z.array(SearchHit), lookedBackTo: Time.nullable() }),
})
