import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { creditNote, creditNoteLine } from '../shapes/credit-note.ts'
import { refuseUneven } from './amount-steps.ts'
import { change, create } from './changes.ts'
import { by, type Context, idOf, must } from './context.ts'
import { type LineOrder, noteLines } from './credit-lines.ts'
import { moveBalance } from './customer-balance.ts'
import { chargesOf } from './invoice-charges.ts'
import { spoken } from './money.ts'
import { markPaid, matchDefault } from './paying.ts'
import { refundCharge, refundsOf } from './refunding.ts'

export type NoteOrder = {
  invoice: Stripe.Invoice
  amount?: number
  lines?: LineOrder[]
  refund_amount?: number
  credit_amount?: number
  out_of_band_amount?: number
  refunds?: { refund?: string; amount_refunded?: number }[]
  reason?: Stripe.CreditNote['reason']
  memo?: string
  metadata?: Stripe.Metadata
  effective_at?: number
}

type Plan = {
  lines: Stripe.CreditNoteLineItem[]
  total: number
  pre: number
  post: number
  linked: Stripe.CreditNote['refunds']
}

/** What a note would do: its lines, and how its total falls on what is still owed (pre) and what was already paid (post). */
function plan(ctx: Context, order: NoteOrder): Plan {
  const { invoice } = order
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalid(
      `Credit notes can only be created for open or paid invoices; this invoice is ${invoice.status}.`,
      'invoice',
    )
  }
  const lines = noteLines(ctx, invoice, order).map(creditNoteLine)
  const total = lines.reduce((sum, line) => sum + totalOf(line), 0)
  const issued = notesOf(ctx, invoice.id)
  const left = invoice.total - issued.reduce((sum, note) => sum + note.total, 0)
  if (total <= 0) throw invalid('The credit note amount must be greater than zero.', 'amount')
  refuseUneven(total, invoice.currency, order.lines ? 'lines' : 'amount')
  if (total > left) {
    const words = `The credit note total (${spoken(total, invoice.currency)}) exceeds the maximum creditable amount of the invoice (${spoken(left, invoice.currency)}).`
    throw invalid(words, order.lines ? 'lines' : 'amount')
  }
  const pre = invoice.status === 'open' ? Math.min(total, invoice.amount_remaining) : 0
  const linked = (order.refunds ?? []).map((entry, index) => linkedRefund(ctx, invoice, entry, `refunds[${index}]`))
  return { lines, total, pre, post: total - pre, linked }
}

/** A line after discounts and with what exclusive tax puts on it. */
function totalOf(line: Stripe.CreditNoteLineItem): number {
  const exclusive = (line.taxes ?? []).filter(({ tax_behavior }) => tax_behavior === 'exclusive')
  return exclusive.reduce((sum, tax) => sum + tax.amount, line.amount - line.discount_amount)
}

/** A refund made before, of a charge that paid this invoice, as far as no other note has linked it. */
function linkedRefund(
  ctx: Context,
  invoice: Stripe.Invoice,
  entry: { refund?: string; amount_refunded?: number },
  at: string,
): Stripe.CreditNote.Refund {
  const refund = must(ctx, 'refund', entry.refund ?? '', `${at}[refund]`)
  if (!chargesOf(ctx, invoice.id).some(({ id }) => id === refund.charge))
    throw invalid('The refund is not of a payment of this invoice.', `${at}[refund]`)
  const entries = notesOf(ctx, invoice.id).flatMap((note) => note.refunds)
  const linked = entries.filter((other) => idOf(other.refund) === refund.id)
  const left = linked.reduce((sum, other) => sum - other.amount_refunded, refund.amount)
  if (left === 0 || (entry.amount_refunded ?? 0) > left)
    throw invalid('The refund is already linked to a credit note.', `${at}[amount_refunded]`)
  return {
    amount_refunded: entry.amount_refunded ?? left,
    payment_record_refund: null,
    refund: refund.id,
    type: 'refund',
  }
}

/** Post-payment money must be placed to the unit, and cannot exceed what was paid less notes and unlinked refunds. */
function checkPlacement(ctx: Context, order: NoteOrder, planned: Plan): void {
  const { refund_amount: refund = 0, credit_amount: credit = 0, out_of_band_amount: outside = 0, invoice } = order
  const linked = planned.linked.reduce((sum, entry) => sum + entry.amount_refunded, 0)
  const placed = refund + credit + outside + linked
  const money = (amount: number) => spoken(amount, invoice.currency)
  if (placed !== planned.post) {
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${money(placed)}) must equal the credit note amount (${money(planned.post)}).`,
    )
  }
  const notes = notesOf(ctx, invoice.id)
  const credited = notes.reduce((sum, note) => sum + note.post_payment_amount, 0)
  const known = new Set(
    [...notes.flatMap((note) => note.refunds), ...planned.linked].map((entry) => idOf(entry.refund)),
  )
  const charges = chargesOf(ctx, invoice.id)
  const loose = charges.flatMap((charge) => refundsOf(ctx, charge.id)).filter((other) => !known.has(other.id))
  const unlinked = loose.reduce((sum, other) => sum + other.amount, 0)
  const paid = invoice.total - invoice.pre_payment_credit_notes_amount
  if (planned.post > paid - credited - unlinked) {
    throw invalid(
      `The credit note amount (${money(planned.post)}) exceeds the amount still creditable after refunds (${money(paid - credited - unlinked)}).`,
    )
  }
  if (refund > 0 && charges.length === 0)
    throw invalid('The invoice was not paid by a charge that could be refunded.', 'refund_amount')
}

/** The note that would be issued, stored nowhere. */
export function previewNote(ctx: Context, order: NoteOrder): Stripe.CreditNote {
  const planned = plan(ctx, order)
  if (planned.post > 0 && placedAnything(order)) checkPlacement(ctx, order, planned)
  return shape(ctx, order, planned, [])
}

const placedAnything = (order: NoteOrder) =>
  [order.refund_amount, order.credit_amount, order.out_of_band_amount, order.refunds].some((part) => part !== undefined)

function shape(ctx: Context, order: NoteOrder, planned: Plan, refunds: Stripe.CreditNote.Refund[]): Stripe.CreditNote {
  const count = by(ctx, 'credit_note', 'invoice', order.invoice.id).length + 1
  const { lines, total, pre, post } = planned
  return creditNote(ctx, order.invoice, {
    lines,
    total,
    pre,
    post,
    number: `${order.invoice.number}-CN-${String(count).padStart(2, '0')}`,
    effective_at: order.effective_at ?? ctx.now,
    memo: order.memo ?? null,
    metadata: order.metadata ?? {},
    out_of_band_amount: order.out_of_band_amount ?? null,
    reason: order.reason ?? null,
    refunds: [...planned.linked, ...refunds],
  })
}

/** Issues a credit note: lowers what an open invoice asks for, or gives back paid money by refund, balance or otherwise. */
export function issueNote(ctx: Context, order: NoteOrder): Stripe.CreditNote {
  const planned = plan(ctx, order)
  checkPlacement(ctx, order, planned)
  const refunds = order.refund_amount ? refundPaid(ctx, order, order.refund_amount) : []
  const note = shape(ctx, order, planned, refunds)
  const balance = order.credit_amount
    ? moveBalance(ctx, idOf(order.invoice.customer ?? ''), {
        amount: -order.credit_amount,
        currency: order.invoice.currency,
        type: 'credit_note',
        credit_note: note.id,
        invoice: order.invoice.id,
      })
    : null
  const issued = create(
    ctx,
    'credit_note',
    { ...note, customer_balance_transaction: balance?.id ?? null },
    'credit_note.created',
  )
  applyToInvoice(ctx, order.invoice, planned.pre, planned.post)
  return issued
}

/** Gives money back to the charges that paid the invoice, the newest first. */
function refundPaid(ctx: Context, order: NoteOrder, amount: number): Stripe.CreditNote.Refund[] {
  const reason = order.reason === 'duplicate' || order.reason === 'fraudulent' ? order.reason : 'requested_by_customer'
  const refunds: Stripe.CreditNote.Refund[] = []
  let left = amount
  for (const charge of chargesOf(ctx, order.invoice.id)) {
    const part = Math.min(left, charge.amount - charge.amount_refunded)
    if (part <= 0) continue
    // The note's metadata stays on the note: whoever looks for this refund finds it through the note.
    const refund = refundCharge(ctx, charge, { amount: part, reason })
    refunds.push({ amount_refunded: part, payment_record_refund: null, refund: refund.id, type: 'refund' })
    left -= part
  }
  if (left > 0) throw invalid('The payments of the invoice do not hold this much to refund.', 'refund_amount')
  return refunds
}

function applyToInvoice(ctx: Context, invoice: Stripe.Invoice, pre: number, post: number): void {
  const remaining = invoice.amount_remaining - pre
  const patch = {
    amount_due: invoice.amount_due - pre,
    amount_remaining: remaining,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + pre,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + post,
  }
  const after = change(ctx, 'invoice', invoice, patch, 'invoice.updated')
  if (after.status !== 'open') return
  if (remaining === 0) markPaid(ctx, after, 0)
  else matchDefault(ctx, after)
}

/** Takes back a note on an open invoice; money already given back cannot be. */
export function voidNote(ctx: Context, note: Stripe.CreditNote): Stripe.CreditNote {
  const invoice = must(ctx, 'invoice', idOf(note.invoice), 'invoice')
  if (note.status === 'void') throw invalid('This credit note has already been voided.')
  if (note.post_payment_amount > 0 || invoice.status !== 'open')
    throw invalid('You can only void credit notes on open invoices.')
  applyToInvoice(ctx, invoice, -note.pre_payment_amount, 0)
  return change(ctx, 'credit_note', note, { status: 'void', voided_at: ctx.now }, 'credit_note.voided')
}

function notesOf(ctx: Context, invoice: string): Stripe.CreditNote[] {
  return by(ctx, 'credit_note', 'invoice', invoice).filter((note) => note.status === 'issued')
}
