import { mismatch, row, type ExplainedLine, type Fault } from './explanation.ts'
import type { InvoiceFacts } from './facts.ts'
import { amountWords } from './words.ts'

/** From the total to the amount due: the customer balance and credit notes before payment; nothing where there was neither. */
export function dueRows(invoice: InvoiceFacts): ExplainedLine[] | Fault {
  const fault = dueFault(invoice)
  if (fault) return fault
  const rows: ExplainedLine[] = []
  const applied = balanceApplied(invoice)
  if (applied) {
    const { startingBalance: from, endingBalance: to = from, currency } = invoice
    const { code, what, why } = balanceWords(invoice, applied)
    rows.push(
      row(
        currency,
        code,
        what,
        applied,
        `${why} The account went from ${held(from, currency)} to ${held(to, currency)}.`,
      ),
    )
  }
  if (invoice.prePaymentCreditNotes)
    rows.push(
      row(
        invoice.currency,
        'credit_note_before_payment',
        'Credit note before payment',
        -invoice.prePaymentCreditNotes,
        `A credit note lowered what was to pay by ${amountWords(invoice.prePaymentCreditNotes, invoice.currency)} while the invoice was open.`,
      ),
    )
  if (!rows.length) return []
  return [
    ...rows,
    row(invoice.currency, 'amount_due', 'Amount due', invoice.amountDue, 'What was left to pay.', 'total'),
  ]
}

/** Positive raises what is due. */
export function balanceApplied(invoice: InvoiceFacts): number {
  return invoice.startingBalance - (invoice.endingBalance ?? invoice.startingBalance)
}

/** Too small to charge: the invoice asks for nothing now and the next one asks for it. */
export function isCarriedOver(invoice: InvoiceFacts): boolean {
  return invoice.total > 0 && balanceApplied(invoice) < 0 && (invoice.endingBalance ?? 0) > 0
}

function dueFault(invoice: InvoiceFacts): Fault | undefined {
  const name = invoice.number ?? invoice.id
  if (invoice.endingBalance === undefined && invoice.startingBalance !== 0)
    return { faultLine: 'balance', sentence: `Invoice ${name} does not say what it took from the customer balance.` }
  const due = invoice.total + balanceApplied(invoice) - invoice.prePaymentCreditNotes
  if (due === invoice.amountDue) return undefined
  const [reached, stated] = [amountWords(due, invoice.currency), amountWords(invoice.amountDue, invoice.currency)]
  return mismatch(
    'amount_due',
    invoice.currency,
    { stated: invoice.amountDue, reached: due },
    `Total, balance and credit notes give ${reached}, but ${stated} was due.`,
  )
}

function balanceWords(invoice: InvoiceFacts, applied: number): { code: string; what: string; why: string } {
  const amount = amountWords(Math.abs(applied), invoice.currency)
  if (invoice.total < 0)
    return {
      code: 'balance_kept',
      what: 'Kept as credit for later invoices',
      why: `The invoice came to less than nothing, so ${amount} is kept as credit.`,
    }
  if (isCarriedOver(invoice))
    return {
      code: 'balance_carried',
      what: 'Too small to charge, carried to the next invoice',
      why: `${amount} is less than can be charged, so the next invoice asks for it.`,
    }
  if (applied < 0)
    return {
      code: 'balance_used',
      what: 'Credit on the account used',
      why: `Credit of ${amount} on the account pays for a part of it.`,
    }
  return { code: 'balance_owed', what: 'Owed from before', why: `${amount} was still owed from earlier invoices.` }
}

function held(balance: number, currency: string): string {
  if (balance === 0) return 'nothing'
  return `${amountWords(Math.abs(balance), currency)} ${balance < 0 ? 'credit' : 'owed'}`
}
