import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { line, page, paging, Time } from './list.ts'
import { Money } from './money.ts'
import { StripeAccountId } from './stripe-account-id.ts'
import { StripeId } from './stripe-id.ts'

export * from './refunds.ts'
export { StripeId }

const contactParams = z.strictObject({ id: id('con') })

export const BillingLink = z.object({
  id: id('lnk'),
  /** The Stripe account the customer is of. */
  account: StripeAccountId,
  customer: StripeId,
  customerName: z.string().nullable(),
  customerEmail: z.string().nullable(),
  owner: z.object({ kind: z.enum(['contact', 'account', 'workspace']), id: z.string() }),
  state: z.enum(['proposed', 'confirmed', 'rejected']),
  /** Why the link was made, in words. */
  reason: z.string(),
  strength: z.enum(['certain', 'strong', 'weak']),
  decidedBy: z.string().nullable(),
})
export type BillingLink = z.infer<typeof BillingLink>

export const SubscriptionView = z.object({
  id: StripeId,
  plan: z.string(),
  status: z.string(),
  /** Plan, status and what comes next in one sentence. */
  sentence: z.string(),
  seats: z.number().nullable(),
  unit: Money.nullable(),
  interval: z.string().nullable(),
  nextCharge: z.object({ at: Time, money: Money.nullable() }).nullable(),
  endsAt: Time.nullable(),
  source: z.enum(['stripe', 'apple', 'google', 'partner', 'invoice']),
})

export const RefundView = z.object({
  id: StripeId,
  money: Money,
  status: z.string(),
  createdAt: Time,
  operationId: id('op').nullable(),
})

export const ChargeView = z.object({
  id: StripeId,
  createdAt: Time,
  money: Money,
  refunded: Money,
  status: z.enum(['succeeded', 'pending', 'failed']),
  description: z.string().nullable(),
  card: z.string().nullable(),
  invoiceId: StripeId.nullable(),
  invoiceNumber: z.string().nullable(),
  refunds: z.array(RefundView),
  dispute: z.object({ id: StripeId, status: z.string(), reason: z.string(), money: Money }).nullable(),
  failure: z.string().nullable(),
})
export type ChargeView = z.infer<typeof ChargeView>

export const InvoiceView = z.object({
  id: StripeId,
  number: z.string().nullable(),
  status: z.string(),
  total: Money,
  due: Money,
  createdAt: Time,
  chargeId: StripeId.nullable(),
})

export const BillingCustomerView = z.object({
  link: BillingLink,
  subscriptions: z.array(SubscriptionView),
  charges: z.array(ChargeView),
  invoices: z.array(InvoiceView),
  /** When the mirror last agreed with Stripe; null while a first fetch is under way. */
  asOf: Time.nullable(),
  stale: z.boolean(),
})

export const getContactBilling = endpoint({
  method: 'GET',
  path: '/contacts/{id}/billing',
  permission: 'billing.read',
  summary: 'What is true about a contact’s billing, per linked Stripe customer, and links waiting for a decision.',
  params: contactParams,
  result: z.object({ customers: z.array(BillingCustomerView), proposals: z.array(BillingLink) }),
})
export type ContactBilling = z.infer<(typeof getContactBilling)['result']>

export const ExplanationLine = z.object({
  code: z.string(),
  what: z.string(),
  /** What it is and how it is reckoned, in words a customer understands. */
  sentence: z.string(),
  money: Money,
  /** `part` lines are summed, `total` lines are the sums shown on the way. */
  kind: z.enum(['part', 'total']),
})

export const Explanation = z.object({
  closes: z.boolean(),
  /** `= 49.00 USD charged on 3 Nov to Visa 4242`, or what does not add up. */
  sentence: z.string(),
  lines: z.array(ExplanationLine),
  /** The line that does not add up: an id of Stripe's or the code of a sum; null when all close. */
  faultLine: z.string().nullable(),
  /** How much it is off, where it is a matter of amounts. */
  difference: Money.nullable(),
  /** Of a charge what went back since; of an invoice what was paid on it. */
  after: z.array(ExplanationLine),
  /** What a charge brought us after fees and exchange; not for the customer. */
  settled: z.array(ExplanationLine),
  /** What happened, earliest first, and by whom as far as it is known. */
  history: z.array(z.object({ at: Time, sentence: z.string(), by: z.string().nullable() })),
  /** Plain words for the customer. */
  paragraphs: z.array(z.string()),
})
export type Explanation = z.infer<typeof Explanation>

export const explainCharge = endpoint({
  method: 'GET',
  path: '/billing/charges/{id}/explanation',
  permission: 'billing.read',
  summary: 'Why this was charged, in lines that sum to the cent, or a refusal naming the line.',
  params: z.strictObject({ id: StripeId }),
  result: Explanation,
})

export const explainInvoice = endpoint({
  method: 'GET',
  path: '/billing/invoices/{id}/explanation',
  permission: 'billing.read',
  summary: 'What an invoice asks for, line by line to the cent, and what was paid on it, or a refusal naming the line.',
  params: z.strictObject({ id: z.string().regex(/^in_[A-Za-z0-9]{1,80}$/, 'must be the id of a Stripe invoice') }),
  result: Explanation,
})

export const searchBillingCustomers = endpoint({
  method: 'GET',
  path: '/billing/customers',
  permission: 'billing.read',
  summary: 'Stripe customers in the mirror by id, e-mail or name, to link one by hand.',
  query: z.strictObject({ ...paging, q: line(100) }),
  result: page(
    z.object({ id: StripeId, account: StripeAccountId, name: z.string().nullable(), email: z.string().nullable() }),
  ),
})

export const createBillingLink = endpoint({
  method: 'POST',
  path: '/billing-links',
  permission: 'billing.propose',
  summary: 'Link a Stripe customer to a contact by hand; the reason is kept.',
  body: z.strictObject({ contactId: id('con'), customer: StripeId, reason: line(300) }),
  result: BillingLink,
  status: 201,
})

export const confirmBillingLink = endpoint({
  method: 'POST',
  path: '/billing-links/{id}/confirm',
  permission: 'billing.propose',
  summary: 'Confirm a proposed link.',
  params: z.strictObject({ id: id('lnk') }),
  result: BillingLink,
})

export const rejectBillingLink = endpoint({
  method: 'POST',
  path: '/billing-links/{id}/reject',
  permission: 'billing.propose',
  summary: 'Reject a link; it is not proposed again.',
  params: z.strictObject({ id: id('lnk') }),
  result: BillingLink,
})
