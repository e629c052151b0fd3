import type { RefundCause } from '#contract/billing.ts'
import { isExactForStripe, toStripe, type Money } from '#contract/money.ts'
import type { ChargeFacts, InvoiceFacts, InvoiceLineFacts, InvoicePaymentFacts } from './facts.ts'
import type { Reason } from './refund-request.ts'
import { refundWay } from './refund-way.ts'

export type CreditNoteReason = 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory'
export type RefundReason = 'duplicate' | 'fraudulent' | 'requested_by_customer'

type Metadata = { operation_id: string }

/** One Stripe call with its parameters, and where its effect is found again by `metadata.operation_id`. */
export type PlannedCall =
  | {
      call: 'credit_notes.create'
      params: {
        invoice: string
        refund_amount: number
        amount?: number
        lines?: { type: 'invoice_line_item'; invoice_line_item: string; amount: number }[]
        reason: CreditNoteReason
        memo?: string
        metadata: Metadata
      }
      lookUp: { list: 'credit_notes'; params: { invoice: string } }
    }
  | {
      call: 'refunds.create'
      params: { charge: string; amount: number; reason: RefundReason; metadata: Metadata }
      lookUp: { list: 'refunds'; params: { charge: string } }
    }

export type RefundPlan = { ok: true; call: PlannedCall } | { ok: false; reason: Reason }

export type RefundPlanInput = {
  operationId: string
  money: Money
  cause: RefundCause
  charge: ChargeFacts
  invoice?: InvoiceFacts
  payments?: InvoicePaymentFacts[]
  /** Whole lines to credit; their net amounts with added tax must be the money. Without them the amount is credited. */
  lines?: string[]
  memo?: string
}

/** The one call that makes the refund. The credit note makes it itself, so nothing can happen between the two. */
export function planRefund(input: RefundPlanInput): RefundPlan {
  const { charge, invoice, operationId } = input
  if (
    input.money.currency !== charge.currency.toUpperCase() ||
    input.money.amount <= 0 ||
    !isExactForStripe(input.money)
  )
    return no('bad_amount', 'Stripe has no such amount in the currency of this charge.')
  const way = refundWay(input)
  if (way.kind === 'refused') return { ok: false, reason: way.reason }
  const amount = toStripe(input.money)
  const metadata: Metadata = { operation_id: operationId }
  if (way.kind !== 'credit_note' || !invoice) {
    const params = { charge: charge.id, amount, reason: refundReasonOf(input.cause), metadata }
    return {
      ok: true,
      call: { call: 'refunds.create', params, lookUp: { list: 'refunds', params: { charge: charge.id } } },
    }
  }
  const lines = input.lines?.length ? wholeLines(invoice, input.lines) : undefined
  if (lines && lines.sum !== amount)
    return no('lines_differ', 'The chosen lines with their tax are not the amount to refund.')
  const params = {
    invoice: invoice.id,
    refund_amount: amount,
    ...(lines ? { lines: lines.params } : { amount }),
    reason: creditNoteReasonOf(input.cause),
    ...(input.memo ? { memo: input.memo } : {}),
    metadata,
  }
  return {
    ok: true,
    call: { call: 'credit_notes.create', params, lookUp: { list: 'credit_notes', params: { invoice: invoice.id } } },
  }
}

export function creditNoteReasonOf(cause: RefundCause): CreditNoteReason {
  switch (cause) {
    case 'duplicate':
      return 'duplicate'
    case 'fraud':
      return 'fraudulent'
    case 'outage':
    case 'goodwill':
      return 'product_unsatisfactory'
    case 'billed_after_cancel':
    case 'remorse':
    case 'forgotten_renewal':
      return 'order_change'
  }
}

export function refundReasonOf(cause: RefundCause): RefundReason {
  if (cause === 'duplicate') return 'duplicate'
  return cause === 'fraud' ? 'fraudulent' : 'requested_by_customer'
}

function wholeLines(
  invoice: InvoiceFacts,
  ids: readonly string[],
): { sum: number; params: { type: 'invoice_line_item'; invoice_line_item: string; amount: number }[] } {
  const lines = invoice.lines.filter((line) => ids.includes(line.id))
  const params = lines.map((line) => ({
    type: 'invoice_line_item' as const,
    invoice_line_item: line.id,
    amount: line.amount,
  }))
  return { params, sum: lines.reduce((all, line) => all + lineTotal(line), 0) }
}

/** What the customer paid for a line: less its discounts, with the tax added on top. */
function lineTotal(line: InvoiceLineFacts): number {
  const discount = line.discounts.reduce((all, part) => all + part.amount, 0)
  const tax = line.taxes.reduce((all, part) => (part.behavior === 'exclusive' ? all + part.amount : all), 0)
  return line.amount - discount + tax
}

function no(code: string, sentence: string): RefundPlan {
  return { ok: false, reason: { code, sentence } }
}
