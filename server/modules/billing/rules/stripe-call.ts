import type { PlannedCall as RefundCall } from './refund-plan.ts'

/** Credits a customer's balance; the transaction carries the operation's id. `amount` is negative: Stripe counts debt. */
export type BalanceCreditCall = {
  call: 'customers.createBalanceTransaction'
  customer: string
  params: { amount: number; currency: string; description: string; metadata: { operation_id: string } }
  lookUp: { list: 'customer_balance_transactions'; params: { customer: string } }
}

/** Lets a subscription run out at the end of what is paid. */
export type CancelAtPeriodEndCall = {
  call: 'subscriptions.update'
  subscription: string
  params: { cancel_at_period_end: true; metadata: { operation_id: string } }
  lookUp: { list: 'subscriptions'; params: { subscription: string } }
}

/** Ends a subscription at once, giving and charging nothing. The comment carries the operation's id: this call takes no metadata. */
export type CancelNowCall = {
  call: 'subscriptions.cancel'
  subscription: string
  params: { prorate: false; invoice_now: false; cancellation_details: { comment: string } }
  lookUp: { list: 'subscriptions'; params: { subscription: string } }
}

/** One write at Stripe, and where its effect is found again by the operation's id. */
export type StripeCall = RefundCall | BalanceCreditCall | CancelAtPeriodEndCall | CancelNowCall
