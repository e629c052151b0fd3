import type { ChargeView, InvoiceView, RefundView, SubscriptionView } from '#contract/billing.ts'
import type * as z from 'zod'
import type { Id } from '#contract/ids.ts'
import { fromStripe, isExactFromStripe, roundToStripeStep, type Money } from '#contract/money.ts'
import { summarizeSubscription } from '../rules/billing-summary.ts'
import type { ChargeFacts, InvoiceFacts, RefundFacts, SubscriptionFacts } from '../rules/facts.ts'
import { disputeFacts, refundFacts } from '../rules/mirror-object.ts'
import { paymentsOf } from '../rules/payments-of.ts'
import { methodWords, type Dates } from '../rules/words.ts'
import type { MirroredObject } from '../store/mirror-read.ts'

export type PresentedWith = {
  /** Refunds and disputes of the charges shown. */
  around: readonly MirroredObject[]
  /** Which refunds this desk made, by refund id. */
  operations: ReadonlyMap<string, Id<'op'>>
  names: Record<string, string>
  dates: Dates
}

export function presentSubscription(
  subscription: SubscriptionFacts,
  { names, dates }: PresentedWith,
): z.infer<typeof SubscriptionView> {
  const summary = summarizeSubscription(subscription, { names, ...dates })
  return {
    id: subscription.id,
    ...summary,
    nextCharge: summary.nextCharge && { at: timeOf(summary.nextCharge.at), money: summary.nextCharge.money },
    endsAt: summary.endsAt === null ? null : timeOf(summary.endsAt),
    source: subscription.source,
  }
}

export function presentCharge(
  charge: ChargeFacts,
  invoices: readonly InvoiceFacts[],
  { around, operations }: PresentedWith,
): ChargeView {
  const invoice = invoices.find((candidate) => paymentsOf(candidate, charge).ours.length > 0)
  const refunds = around.flatMap(({ kind, data }) => {
    const refund = kind === 'refund' ? refundFacts(data) : undefined
    return refund?.ok && refund.facts.charge === charge.id ? [refund.facts] : []
  })
  const disputes = around.flatMap(({ kind, data }) => {
    const dispute = kind === 'dispute' ? disputeFacts(data) : undefined
    return dispute?.ok && dispute.facts.charge === charge.id ? [dispute.facts] : []
  })
  const dispute = disputes.sort((a, b) => b.created - a.created)[0]
  return {
    id: charge.id,
    createdAt: timeOf(charge.created),
    money: moneyOf(charge.amount, charge.currency),
    refunded: moneyOf(charge.amountRefunded, charge.currency),
    status: charge.status === 'succeeded' || charge.status === 'pending' ? charge.status : 'failed',
    description: charge.description ?? null,
    card: charge.method ? methodWords(charge.method) : null,
    invoiceId: invoice?.id ?? null,
    invoiceNumber: invoice?.number ?? null,
    refunds: refunds.sort((a, b) => b.created - a.created).map((refund) => presentRefund(refund, operations)),
    dispute: dispute
      ? {
          id: dispute.id,
          status: dispute.status,
          reason: dispute.reason,
          money: moneyOf(dispute.amount, dispute.currency),
        }
      : null,
    failure: charge.failure ?? null,
  }
}

function presentRefund(refund: RefundFacts, operations: PresentedWith['operations']): z.infer<typeof RefundView> {
  return {
    id: refund.id,
    money: moneyOf(refund.amount, refund.currency),
    status: refund.status,
    createdAt: timeOf(refund.created),
    operationId: operations.get(refund.id) ?? null,
  }
}

export function presentInvoice(invoice: InvoiceFacts, charges: readonly ChargeFacts[]): z.infer<typeof InvoiceView> {
  const charge = charges.find((candidate) => paymentsOf(invoice, candidate).ours.length > 0)
  return {
    id: invoice.id,
    number: invoice.number ?? null,
    status: invoice.status,
    total: moneyOf(invoice.total, invoice.currency),
    due: moneyOf(invoice.amountDue, invoice.currency),
    createdAt: timeOf(invoice.created),
    chargeId: charge?.id ?? null,
  }
}

/** An amount its currency cannot hold is shown rounded down; the explainer refuses it. */
function moneyOf(amount: number, currency: string): Money {
  return fromStripe(isExactFromStripe(amount, currency) ? amount : roundToStripeStep(amount, currency), currency)
}

function timeOf(epochSeconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toString()
}
