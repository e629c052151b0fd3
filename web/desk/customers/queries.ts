import { getAccount, getContact, listAccounts, listContacts } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import { listTickets } from '#contract/inbox.ts'
import { read, readPages } from '../api.ts'

const found = (q: string) => ({ query: { limit: 50, ...(q && { q }) } })

export const contactsQuery = (q: string) => readPages(listContacts, found(q), ['contact'])
export const accountsQuery = (q: string) => readPages(listAccounts, found(q), ['account'])
export const contactQuery = (id: string) => read(getContact, { params: { id: id as Id<'con'> } }, [`contact:${id}`])
export const accountQuery = (id: string) => read(getAccount, { params: { id: id as Id<'acc'> } }, ['account'])
export const peopleQuery = (accountId: Id<'acc'>) =>
  readPages(listContacts, { query: { accountId, limit: 50 } }, ['contact', 'account'])

export type TicketsOf = { requesterId: Id<'con'> } | { accountId: Id<'acc'> }
export const ticketsQuery = (of: TicketsOf) => readPages(listTickets, { query: { ...of, limit: 20 } }, ['tickets'])
