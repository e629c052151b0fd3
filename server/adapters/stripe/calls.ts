import type { Stripe } from 'stripe'
import type { CallOutcome, Payments } from '#modules/billing/ports.ts'
import { answered, failureOf } from './failure.ts'
import { nextOf, paging } from './paging.ts'

type Call = Parameters<Payments['carryOut']>[0]

/** Makes one call under its key. Whatever happens is an outcome; the caller has written the attempt down before. */
export async function carryOut(stripe: Stripe, call: Call, idempotencyKey: string): Promise<CallOutcome> {
  try {
    return { outcome: 'ok', found: answered(await make(stripe, call, { idempotencyKey, maxNetworkRetries: 0 })).id }
  } catch (error) {
    return failureOf(error)
  }
}

function make(stripe: Stripe, call: Call, options: Stripe.RequestOptions): Promise<{ id: string }> {
  switch (call.call) {
    case 'refunds.create':
      return stripe.refunds.create(call.params, options)
    case 'credit_notes.create':
      return stripe.creditNotes.create(call.params, options)
    case 'customers.createBalanceTransaction':
      return stripe.customers.createBalanceTransaction(call.customer, call.params, options)
    case 'subscriptions.update':
      return stripe.subscriptions.update(call.subscription, call.params, options)
    case 'subscriptions.cancel':
      return stripe.subscriptions.cancel(call.subscription, call.params, options)
  }
}

type Carrier = {
  id: string
  metadata?: Record<string, string> | null
  cancellation_details?: { comment: string | null } | null
}
type Read = <T>(work: () => Promise<T>) => Promise<T>

/** The object that carries this operation's id; null when none does. */
export async function findEffect(
  stripe: Stripe,
  read: Read,
  lookUp: Call['lookUp'],
  operationId: string,
): Promise<string | null> {
  for (let after: string | null = null; ;) {
    const page: { data: Carrier[]; has_more: boolean } = await read(() => carriers(stripe, lookUp, after))
    const made = page.data.find(
      ({ metadata, cancellation_details: details }) =>
        metadata?.operation_id === operationId || details?.comment === operationId,
    )
    if (made) return made.id
    after = nextOf(page)
    if (!after) return null
  }
}

async function carriers(
  stripe: Stripe,
  lookUp: Call['lookUp'],
  after: string | null,
): Promise<{ data: Carrier[]; has_more: boolean }> {
  switch (lookUp.list) {
    case 'refunds':
      return stripe.refunds.list({ ...lookUp.params, ...paging(after) })
    case 'credit_notes':
      return stripe.creditNotes.list({ ...lookUp.params, ...paging(after) })
    case 'customer_balance_transactions':
      return stripe.customers.listBalanceTransactions(lookUp.params.customer, paging(after))
    case 'subscriptions':
      return { data: [await stripe.subscriptions.retrieve(lookUp.params.subscription)], has_more: false }
  }
}
