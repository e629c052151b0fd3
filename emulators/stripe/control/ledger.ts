import type { Stripe } from 'stripe'
import type { Store } from '../../store.ts'
import { refundsOf } from '../engine/refunding.ts'
import { all, by, type Context } from '../engine/context.ts'

/** What became of one charge's money, in minor units of its currency; the books a crash test reconciles against. */
type ChargeBooks = {
  charge: string
  customer: string | null
  invoice: string | null
  currency: string
  paid: number
  refunded: number
  disputed: number
  /** Credited to the customer's balance or outside by credit notes on the invoice, beside refunds. */
  credited: number
  net: number
  refunds: { id: string; amount: number; status: string | null; metadata: Stripe.Metadata; creditNote: string | null }[]
  creditNotes: { id: string; amount: number; status: string; metadata: Stripe.Metadata }[]
  disputes: { id: string; amount: number; status: string }[]
}

export function ledger(store: Store, only: { charge?: string }): ChargeBooks[] {
  const ctx = { store } as Context
  const charges = all(ctx, 'charge').filter(
    (charge) => charge.paid && (only.charge === undefined || charge.id === only.charge),
  )
  const payments = new Map(all(ctx, 'invoice_payment').map((entry) => [String(entry.payment.payment_intent), entry]))
  return charges.map((charge) => books(ctx, charge, payments))
}

function books(ctx: Context, charge: Stripe.Charge, payments: Map<string, Stripe.InvoicePayment>): ChargeBooks {
  const payment = payments.get(String(charge.payment_intent))
  const invoice = payment ? String(payment.invoice) : null
  const notes =
    invoice === null ? [] : by(ctx, 'credit_note', 'invoice', invoice).filter((note) => note.status === 'issued')
  const disputes = by(ctx, 'dispute', 'charge', charge.id)
  const refunded = sum(refundsOf(ctx, charge.id).map((refund) => refund.amount))
  const held = disputes.filter((dispute) => dispute.balance_transactions.length > 0 && dispute.status !== 'won')
  const disputed = sum(held.map((dispute) => dispute.amount))
  const byRefund = sum(notes.flatMap((note) => note.refunds.map((entry) => entry.amount_refunded)))
  const credited = sum(notes.map((note) => note.post_payment_amount)) - byRefund
  return {
    charge: charge.id,
    customer: charge.customer === null ? null : String(charge.customer),
    invoice,
    currency: charge.currency,
    paid: charge.amount_captured,
    refunded,
    disputed,
    credited,
    net: charge.amount_captured - refunded - disputed,
    refunds: by(ctx, 'refund', 'charge', charge.id).map(({ id, amount, status, metadata }) => {
      const note = notes.find((candidate) => candidate.refunds.some((entry) => entry.refund === id))
      return { id, amount, status, metadata: metadata ?? {}, creditNote: note?.id ?? null }
    }),
    creditNotes: notes.map(({ id, amount, status, metadata }) => ({
      id,
      amount,
      status: String(status),
      metadata: metadata ?? {},
    })),
    disputes: disputes.map(({ id, amount, status }) => ({ id, amount, status: String(status) })),
  }
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
