import { mismatch, row, type Around, type ExplainedLine, type ExplainInput, type Fault } from './explanation.ts'
import type { CreditNoteFacts, DisputeFacts, InvoiceFacts, RefundFacts } from './facts.ts'
import { amountWords, dayWords, type Dates } from './words.ts'

const counting = new Set(['succeeded', 'pending', 'requires_action'])

/** Money that left, or is on its way; a failed or cancelled refund moved nothing. */
export function isCounting({ status }: RefundFacts): boolean {
  return counting.has(status)
}

/** What came back after the charge: refunds with their credit notes, what a bank took back, what is kept. Failed refunds move nothing. */
export function explainAfter(input: ExplainInput): ExplainedLine[] | Fault {
  const { charge, invoice } = input
  const { currency } = charge
  const refunds = (input.refunds ?? []).filter(isCounting)
  const returned = refunds.reduce((all, refund) => all + refund.amount, 0)
  // What was held and never taken is let go; Stripe counts that as refunded, although nothing had been charged.
  const letGo = charge.amount - charge.amountCaptured
  if (returned !== charge.amountRefunded && returned !== charge.amountRefunded - letGo) {
    const [known, stated] = [returned, charge.amountRefunded].map((amount) => amountWords(amount, currency))
    return mismatch(
      'refunds',
      currency,
      { stated: charge.amountRefunded, reached: returned },
      `Refunds of ${known} are known, but ${stated} of this charge was refunded.`,
    )
  }
  const notes = issued(input.creditNotes)
  const fault = invoice ? noteFault(invoice, notes, input.creditNotes !== undefined) : undefined
  if (fault) return fault
  const disputes = (input.disputes ?? []).filter((dispute) => isWithdrawn(dispute))
  const credited = notes.reduce((all, note) => all + toBalance(note), 0)
  const outside = notes.reduce((all, note) => all + note.outOfBand, 0)
  if (!refunds.length && !disputes.length && credited === 0 && outside === 0) return []
  const rows = [...refunds].sort(byTime).map((refund) => refundRow(refund, notes, input))
  const taken = disputes.sort(byTime).map((dispute) => disputeRow(dispute, input))
  const kept = charge.amountCaptured - returned - disputes.reduce((all, dispute) => all + dispute.amount, 0)
  const also = [
    credited ? `${amountWords(credited, currency)} was also credited to the account` : '',
    outside ? `${amountWords(outside, currency)} was given back outside Stripe` : '',
  ].filter(Boolean)
  const told = [kept < 0 ? 'More went back than was charged' : 'The charge less what went back', ...also].join('; ')
  return [...rows, ...taken, row(currency, 'kept', 'Remains charged', kept, `${told}.`, 'total')]
}

/** Each note's own arithmetic, and all of them against what the invoice says of them. */
export function noteFault(invoice: InvoiceFacts, notes: readonly CreditNoteFacts[], known: boolean): Fault | undefined {
  for (const note of notes) {
    const name = note.number ?? note.id
    if (note.prePayment + note.postPayment !== note.total)
      return mismatch(
        name,
        note.currency,
        { stated: note.total, reached: note.prePayment + note.postPayment },
        `Credit note ${name} is not the sum of what it lowers before and gives back after payment.`,
      )
    if (toBalance(note) < 0)
      return mismatch(
        name,
        note.currency,
        { stated: note.postPayment, reached: note.postPayment - toBalance(note) },
        `Credit note ${name} gives back more than it is worth.`,
      )
  }
  if (!known) return undefined
  const pre = notes.reduce((all, note) => all + note.prePayment, 0)
  const post = notes.reduce((all, note) => all + note.postPayment, 0)
  if (pre !== invoice.prePaymentCreditNotes)
    return mismatch(
      'credit_note_before_payment',
      invoice.currency,
      { stated: invoice.prePaymentCreditNotes, reached: pre },
      `The invoice counts ${amountWords(invoice.prePaymentCreditNotes, invoice.currency)} of credit notes before payment, the notes say ${amountWords(pre, invoice.currency)}.`,
    )
  if (post !== invoice.postPaymentCreditNotes)
    return mismatch(
      'credit_notes',
      invoice.currency,
      { stated: invoice.postPaymentCreditNotes, reached: post },
      `The invoice counts ${amountWords(invoice.postPaymentCreditNotes, invoice.currency)} of credit notes after payment, the notes say ${amountWords(post, invoice.currency)}.`,
    )
  return undefined
}

export function issued(notes: Around['creditNotes']): CreditNoteFacts[] {
  return (notes ?? []).filter((note) => note.status === 'issued')
}

/** The bank holds the money: asked back and not yet won. An inquiry has taken nothing. */
export function isWithdrawn({ status }: DisputeFacts): boolean {
  return ['needs_response', 'under_review', 'lost', 'appeal_needs_response', 'appeal_under_review'].includes(status)
}

function refundRow(refund: RefundFacts, notes: readonly CreditNoteFacts[], dates: Dates): ExplainedLine {
  const note = notes.find((candidate) => candidate.refunds.some((part) => part.refund === refund.id))
  const state = refund.status === 'succeeded' ? '' : ', on its way'
  const paper = note ? `, with credit note ${note.number ?? note.id}` : ''
  const trace = refund.reference ? ` Your bank can trace it by ${refund.reference}.` : ''
  return row(
    refund.currency,
    'refund',
    `Refunded on ${dayWords(refund.created, dates)}${state}`,
    -refund.amount,
    `${amountWords(refund.amount, refund.currency)} went back to where it was paid from${paper}.${trace}`,
  )
}

function disputeRow(dispute: DisputeFacts, dates: Dates): ExplainedLine {
  const end = dispute.status === 'lost' ? 'decided for the cardholder' : 'not decided yet'
  return row(
    dispute.currency,
    'dispute',
    `Taken back by the bank, disputed on ${dayWords(dispute.created, dates)}`,
    -dispute.amount,
    `The cardholder disputed it at their bank (${dispute.reason.replaceAll('_', ' ')}); ${end}.`,
  )
}

function toBalance(note: CreditNoteFacts): number {
  return note.postPayment - note.outOfBand - note.refunds.reduce((all, part) => all + part.amount, 0)
}

function byTime(a: { created: number; id: string }, b: { created: number; id: string }): number {
  return a.created - b.created || (a.id < b.id ? -1 : 1)
}
