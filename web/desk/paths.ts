import type { ViewId } from '#contract/inbox.ts'

const part = encodeURIComponent

/** Approvals that are no longer waiting, by what became of them. */
export type ApprovalShelf = 'approved' | 'rejected' | 'expired'
export type OperationShelf = 'unknown' | 'failed' | 'done'

/** `path` with those `?name=value` that have one. */
function withSearch(path: string, search: Record<string, string | undefined> = {}): string {
  const text = new URLSearchParams(
    Object.entries(search).filter((pair): pair is [string, string] => !!pair[1]),
  ).toString()
  return text ? `${path}?${text}` : path
}

/** `from` and `to` are dates; everything else as the list of items takes it. */
export type CustodyFilters = {
  disposition?: string
  sourceId?: string
  sender?: string
  recipient?: string
  subject?: string
  messageId?: string
  from?: string
  to?: string
  flagged?: string
}
/** `days` back from now, or dates; nothing is the last 28 days on the business clock. */
export type ReportSearch = { days?: string; from?: string; to?: string; clock?: string; team?: string; ticket?: string }

/** Every address of the desk. Links are made here only; `paths.test.ts` tries each against the route table. */
export const paths = {
  home: () => '/',
  /** `ended`: a session was lost while someone worked in it, which the page then says. */
  signIn: (back?: string, ended = false) =>
    back ? `/sign-in?back=${part(back)}${ended ? '&ended=1' : ''}` : '/sign-in',
  setup: (token?: string) => (token ? `/setup?token=${part(token)}` : '/setup'),
  invitation: (token?: string) => (token ? `/invitation?token=${part(token)}` : '/invitation'),
  inbox: () => '/inbox',
  view: (view: ViewId) => `/inbox/${view}`,
  ticketIn: (view: ViewId, ticketId: string) => `/inbox/${view}/${part(ticketId)}`,
  ticket: (ticketId: string) => `/inbox/all/${part(ticketId)}`,
  search: (q?: string) => (q ? `/search?q=${part(q)}` : '/search'),
  /** Without a state, those waiting for a decision. */
  approvals: (state?: ApprovalShelf) => withSearch('/billing/approvals', { state }),
  approval: (approvalId: string, state?: ApprovalShelf) =>
    withSearch(`/billing/approvals/${part(approvalId)}`, { state }),
  /** Without a state all of them, those nobody can know about first. */
  operations: (state?: OperationShelf) => withSearch('/billing/operations', { state }),
  operation: (operationId: string, state?: OperationShelf) =>
    withSearch(`/billing/operations/${part(operationId)}`, { state }),
  custody: () => '/custody',
  custodyOf: (disposition: string) => `/custody?disposition=${part(disposition)}`,
  custodyItem: (itemId: string, filters?: CustodyFilters) => withSearch(`/custody/${part(itemId)}`, filters),
  custodyList: (filters: CustodyFilters) => withSearch('/custody', filters),
  insights: (search?: ReportSearch) => withSearch('/insights', search),
  figure: (kpi: string, search?: ReportSearch) => withSearch(`/insights/${part(kpi)}`, search),
  contacts: (q?: string) => withSearch('/customers/contacts', { q }),
  contact: (contactId: string, q?: string) => withSearch(`/customers/contacts/${part(contactId)}`, { q }),
  accounts: (q?: string) => withSearch('/customers/accounts', { q }),
  account: (accountId: string, q?: string) => withSearch(`/customers/accounts/${part(accountId)}`, { q }),
  settings: () => '/settings/account',
  settingsOf: (section: SettingsSection) => `/settings/${section}`,
}

export const settingsSections = [
  'account',
  'mailboxes',
  'addresses',
  'import',
  'deleted',
  'teams',
  'agents',
  'hours',
  'refunds',
  'stripe',
  'product',
  'keys',
  'desk',
  'audit',
] as const
export type SettingsSection = (typeof settingsSections)[number]
