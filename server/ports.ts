import type { ConnectPayments, Notices, Payments, Product, Requesters } from '#modules/billing/ports.ts'
import type { MailPort, MailStore } from '#modules/inbox/ports.ts'

/** The outside counterparts an action may use, each declared by the module that needs it. Filled by main. */
export type Ports = {
  mail: MailPort
  mailStore: MailStore
  /** The Stripe account worked on; the one of the configuration unless another was put in its place. */
  payments: Payments
  connectPayments: ConnectPayments
  product: Product
  /** Where archives to import lie. */
  imports: { folder: string }
  /** What billing asks of the inbox, which it does not know. */
  requesters: Requesters
  notices: Notices
}
