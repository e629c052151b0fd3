import type { Method } from '#contract/endpoint.ts'
import type { Role } from '#contract/team.ts'

/** Who may call an endpoint: everybody, whoever is signed in, or these roles. */
export type Allowed = 'public' | 'session' | readonly Role[]

const readers = ['viewer', 'agent', 'lead', 'finance', 'admin'] as const
const workers = ['agent', 'lead', 'finance', 'admin'] as const
const contactKeepers = ['agent', 'lead', 'admin'] as const
const approvers = ['lead', 'finance'] as const
const auditors = ['lead', 'finance', 'admin'] as const
const leaders = ['lead', 'admin'] as const
const admins = ['admin'] as const

/**
 * Endpoint by role, written out by hand from the table of permissions in the design and never derived from the endpoints:
 * a wrong permission in the contract must disagree with something.
 */
export const permissionsTable: readonly (readonly [Method, string, Allowed])[] = [
  // Coming in
  ['GET', '/setup', 'public'],
  ['POST', '/setup', 'public'],
  ['POST', '/invitations/accept', 'public'],
  ['GET', '/me', 'session'],

  // People, keys, settings, audit
  ['GET', '/agents', 'session'],
  ['POST', '/agents', admins],
  ['PATCH', '/agents/{id}', admins],
  ['POST', '/agents/{id}/invitation', admins],
  ['GET', '/teams', 'session'],
  ['POST', '/teams', admins],
  ['PATCH', '/teams/{id}', admins],
  ['GET', '/api-keys', admins],
  ['POST', '/api-keys', admins],
  ['DELETE', '/api-keys/{id}', admins],
  ['GET', '/settings', 'session'],
  ['PATCH', '/settings', admins],
  ['GET', '/calendar', 'session'],
  ['PUT', '/calendar', admins],
  ['GET', '/audit', auditors],

  // Customers
  ['GET', '/contacts', readers],
  ['GET', '/contacts/{id}', readers],
  ['PATCH', '/contacts/{id}', contactKeepers],
  ['GET', '/accounts', readers],
  ['GET', '/accounts/{id}', readers],
  ['POST', '/accounts', contactKeepers],
  ['PATCH', '/accounts/{id}', contactKeepers],
  ['GET', '/entitlements', readers],
  ['GET', '/contacts/{id}/entitlements', readers],
  ['PUT', '/entitlements', contactKeepers],
  ['POST', '/entitlements/imports/preview', contactKeepers],
  ['POST', '/entitlements/imports', contactKeepers],

  // The product port
  ['GET', '/product-port', admins],
  ['POST', '/product-port/secrets', admins],
  ['GET', '/product-actions', readers],
  ['POST', '/product-actions', admins],
  ['PUT', '/product-actions/{id}', admins],
  ['DELETE', '/product-actions/{id}', admins],
  ['POST', '/product-actions/{id}/test', admins],
  ['POST', '/product-operations/preview', workers],
  ['POST', '/product-operations', workers],
  ['GET', '/contacts/{id}/entitlement-check', workers],

  // Tickets and messages
  ['GET', '/views', readers],
  ['GET', '/tickets', readers],
  ['POST', '/tickets', workers],
  ['GET', '/tickets/{id}', readers],
  ['PATCH', '/tickets/{id}', workers],
  ['DELETE', '/tickets/{id}', contactKeepers],
  ['POST', '/tickets/{id}/restore', contactKeepers],
  ['GET', '/deleted-tickets', leaders],
  ['GET', '/tickets/{id}/messages', readers],
  ['POST', '/tickets/{id}/messages', workers],
  ['GET', '/tickets/{id}/reply-defaults', workers],
  ['POST', '/messages/{id}/keep-here', workers],
  ['PUT', '/tickets/{id}/answer-address', workers],
  ['GET', '/tickets/{id}/events', readers],
  ['GET', '/tickets/{id}/draft', workers],
  ['PUT', '/tickets/{id}/draft', workers],
  ['DELETE', '/tickets/{id}/draft', workers],
  ['POST', '/tickets/{id}/attachments', workers],
  ['POST', '/tickets/{id}/split', contactKeepers],
  ['POST', '/tickets/{id}/move', contactKeepers],
  ['POST', '/tickets/{id}/merge', contactKeepers],
  ['POST', '/tickets/{id}/sender', contactKeepers],
  ['GET', '/tickets/{id}/corrections', readers],
  ['POST', '/corrections/{id}/undo', contactKeepers],
  ['POST', '/messages/{id}/undo', workers],
  ['POST', '/messages/{id}/resend', workers],
  ['POST', '/messages/{id}/settle', workers],
  ['POST', '/messages/{id}/remote-images', readers],
  ['GET', '/search', readers],

  // What arrived, and where it arrives
  ['GET', '/addresses', readers],
  ['GET', '/addresses/suppressed', workers],
  ['POST', '/addresses/suppressed', contactKeepers],
  ['POST', '/addresses/lift', contactKeepers],
  ['GET', '/custody', workers],
  ['GET', '/custody/items', workers],
  ['GET', '/custody/items/{id}/raw', workers],
  ['GET', '/custody/items/{id}', workers],
  ['GET', '/custody/parked', workers],
  ['POST', '/custody/items/{id}/rerun', leaders],
  ['POST', '/custody/reruns', leaders],
  ['GET', '/custody/reruns/{id}', leaders],
  ['GET', '/custody/reruns/{id}/items', leaders],
  ['GET', '/imports', admins],
  ['POST', '/imports', admins],
  ['GET', '/imports/files', admins],
  ['GET', '/imports/{id}', admins],
  ['PATCH', '/imports/{id}', admins],
  ['POST', '/imports/{id}/chunks', admins],
  ['GET', '/mailboxes', 'session'],
  ['POST', '/mailboxes', admins],
  ['PATCH', '/mailboxes/{id}', admins],
  ['GET', '/messages/{id}/delivery', readers],
  ['POST', '/messages/{id}/retry', workers],
  ['POST', '/messages/{id}/resend-to', workers],
  ['POST', '/tickets/{id}/forward', workers],
  ['POST', '/mailboxes/{id}/check-plus', admins],
  ['GET', '/mailboxes/{id}/sender', admins],
  ['PUT', '/mailboxes/{id}/sender', admins],
  ['POST', '/mailboxes/{id}/sender/test', admins],
  ['GET', '/dkim-keys', admins],
  ['POST', '/dkim-keys', admins],
  ['POST', '/dkim-keys/{domain}/{selector}/check', admins],
  ['PATCH', '/dkim-keys/{domain}/{selector}', admins],
  ['GET', '/mailboxes/{id}/feed', admins],
  ['PUT', '/mailboxes/{id}/feed', admins],
  ['DELETE', '/mailboxes/{id}/feed', admins],
  ['POST', '/mailboxes/{id}/feed/test', admins],
  ['POST', '/mailboxes/{id}/feed/run', admins],
  ['POST', '/mailboxes/{id}/feed/pause', admins],
  ['GET', '/custody/health', workers],

  // Money
  ['GET', '/contacts/{id}/billing', workers],
  ['GET', '/billing/charges/{id}/explanation', workers],
  ['GET', '/billing/invoices/{id}/explanation', workers],
  ['GET', '/billing/customers', workers],
  ['GET', '/billing/mirror', workers],
  ['POST', '/billing/mirror/copies', admins],
  ['POST', '/billing/mirror/audits', admins],
  ['POST', '/billing-links', workers],
  ['POST', '/billing-links/{id}/confirm', workers],
  ['POST', '/billing-links/{id}/reject', workers],
  ['POST', '/refunds/preview', workers],
  ['POST', '/refunds', workers],
  ['GET', '/refunds/{id}', workers],
  ['GET', '/operations', workers],
  ['GET', '/operations/{id}', workers],
  ['POST', '/balance-credits/preview', workers],
  ['POST', '/balance-credits', workers],
  ['POST', '/subscription-cancellations/preview', workers],
  ['POST', '/subscription-cancellations', workers],
  ['POST', '/operations/{id}/cancel', workers],
  ['POST', '/operations/{id}/recheck', workers],
  ['GET', '/approvals', workers],
  ['GET', '/approvals/{id}', workers],
  ['POST', '/approvals/{id}/approve', approvers],
  ['POST', '/approvals/{id}/reject', approvers],
  ['POST', '/tickets/{id}/authority', approvers],
  ['POST', '/tickets/{id}/authority-code', workers],
  ['POST', '/tickets/{id}/authority-code/check', workers],
  ['GET', '/policies/refund', workers],
  ['PUT', '/policies/refund', admins],

  // Reports
  ['GET', '/reports/kpis', readers],
  ['GET', '/reports/kpis/{kpi}/tickets', readers],
  ['GET', '/tickets/{id}/arithmetic', readers],
]
