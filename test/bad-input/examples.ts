import type { KnownIds } from './example.ts'
import type { Examples } from './requests.ts'

const nineToFive = [{ from: '09:00', to: '17:00' }]
const openEveryDay = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, nineToFive]))

/** A mailbox server that does not answer. */
export const nowhere = {
  host: '127.0.0.1',
  port: 1,
  security: 'offered',
  user: 'support',
  auth: { kind: 'password', password: 'a password' },
}

/** An action of a product that does not answer: a loopback origin that is taken for the emulated one. */
export const productAction = (name: string, approval: 'none' | 'lead' = 'none') => ({
  name,
  title: 'Set seats',
  parameters: [{ name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 100 }],
  effect: '{key} gets {seats} seats.',
  endpoint: 'https://product.invalid/act',
  statusEndpoint: 'https://product.invalid/status',
  permission: 'tickets.write',
  approval: { role: approval, above: { parameter: 'seats', value: 1 } },
  needsAuthority: false,
  destructive: false,
  expects: [{ field: 'seats', parameter: 'seats' }],
  enabled: true,
})

export const productOrder = (known: KnownIds) => ({
  actionId: known.pac,
  key: 'ws_1',
  parameters: { seats: 5 },
  contactId: known.con,
  ticketId: known.tkt,
})

/**
 * Good bodies where one made from the schema alone would be refused for what it means: text beside html, a note with
 * recipients. Written out, so that a request with an id of nothing has that one fault only.
 */
export function examplesFor(known: KnownIds): Examples {
  return {
    'POST /tickets': {
      subject: 'A question',
      requester: { email: 'somebody@example.net', name: 'Somebody' },
      direction: 'inbound',
      message: { text: 'How do I pay?' },
      priority: 'normal',
      teamId: known.tea,
      tags: ['vip'],
    },
    'POST /tickets/{id}/messages': { kind: 'reply', text: 'An answer.', attachments: [known.att] },
    'POST /tickets/{id}/forward': { to: [{ email: 'third@example.net' }], text: 'Please look at this.' },
    'POST /mailboxes': { address: 'box@example.com', aliases: ['other@example.com'] },
    'POST /mailboxes/{id}/sender/test': { sender: { displayName: null, server: null, bounceDomain: null } },
    'PUT /mailboxes/{id}/sender': { displayName: '{agent} at Example', server: null, bounceDomain: null },
    'PUT /mailboxes/{id}/feed': nowhere,
    'POST /mailboxes/{id}/feed/test': nowhere,
    'POST /imports': { mailboxId: known.box, upload: { name: 'old.mbox', size: 100 } },
    'POST /imports/{id}/chunks': { offset: 0, base64: 'YQ==' },
    'PATCH /imports/{id}': { action: 'undo' },
    'POST /custody/reruns': {},
    'POST /dkim-keys': { domain: 'localhost', algorithm: 'ed25519' },
    'POST /tickets/{id}/split': { messageIds: [known.msg] },
    'POST /tickets/{id}/move': { messageIds: [known.msg], toTicketId: known.tkt },
    'POST /tickets/{id}/merge': { into: known.tkt },
    'POST /tickets/{id}/sender': { contactId: known.con },
    'POST /billing/accounts': { label: 'Second shop', secretKey: 'sk_test_second', signingSecret: 'whsec_second' },
    'POST /billing-links': { contactId: known.con, customer: known.customer, reason: 'They said so' },
    'POST /refunds/preview': { charge: known.charge, amount: 1000, cause: 'goodwill', ticketId: known.tkt },
    'POST /balance-credits/preview': { customer: known.customer, money: { amount: 500, currency: 'USD' } },
    'POST /balance-credits': { previewId: known.prv },
    'POST /subscription-cancellations/preview': { subscription: known.subscription, when: 'period_end' },
    'POST /subscription-cancellations': { previewId: known.prv },
    'POST /refunds': { previewId: known.prv, amount: 1000 },
    'POST /tickets/{id}/authority-code': { customer: known.customer },
    'PUT /entitlements': {
      key: 'ws_example',
      kind: 'workspace',
      name: 'Example',
      email: 'customer@example.org',
      domain: 'example.org',
      contactId: known.con,
      accountId: known.acc,
      access: 'granted',
      accessUntil: '2026-12-02T09:00:00Z',
      plan: 'Team',
      seats: 10,
      seatsUsed: 7,
      quotas: [{ name: 'questions', limit: 1000, used: 20 }],
      occurredAt: '2026-11-02T09:00:00Z',
    },
    'POST /entitlements/imports': {
      name: 'seats.csv',
      csv: 'key,email\nws_1,a@example.org',
      asOf: '2026-11-02T09:00:00Z',
    },
    'POST /product-actions': productAction('another_action'),
    'PUT /product-actions/{id}': { definition: productAction('set_seats'), version: 1 },
    'POST /product-operations/preview': productOrder(known),
    'POST /product-operations': {
      previewId: known.productPreview,
    },
    'PATCH /accounts/{id}': { name: 'Example', segment: 'enterprise', domains: ['example.org'] },
    'PATCH /agents/{id}': { name: 'Colleague', roles: ['agent', 'lead'], teamIds: [known.tea], visibility: 'all' },
    'PATCH /teams/{id}': { name: 'Third line', signature: 'Yours' },
    'PUT /calendar': {
      hours: { timeZone: 'Europe/Berlin', weekly: openEveryDay, holidays: [] },
      firstReplySeconds: 3600,
      version: 1,
    },
    'PATCH /contacts/{id}': { name: 'Another Name', timeZone: 'Europe/Berlin', accountId: known.acc },
  }
}
