import type { Around, Happening } from './explanation.ts'
import type { ChargeFacts, InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import { prorationPairs, stopWords } from './explain-change.ts'
import { planName } from './plan-name.ts'
import { amountWords, dayWords, methodWords } from './words.ts'

/** What happened around the money, earliest first: changes, the invoice, attempts to collect, refunds, notes and disputes. */
export function explainHistory(input: { charge?: ChargeFacts; invoice?: InvoiceFacts } & Around): Happening[] {
  const happenings = [...ofInvoice(input), ...ofAttempts(input), ...ofMoneyBack(input)]
  return happenings.sort((a, b) => a.at - b.at)
}

function ofInvoice({ invoice, ...around }: { invoice?: InvoiceFacts } & Around): Happening[] {
  if (!invoice) return []
  const name = invoice.number ? `Invoice ${invoice.number}` : 'The invoice'
  const terms = invoice.dueDate ? `, to be paid by ${dayWords(invoice.dueDate, around)}` : ''
  const told = prorationPairs(invoice.lines).map((pair): Happening => {
    const line = pair.charge ?? pair.credit
    const named = (one: InvoiceLineFacts): string => `${one.quantity ?? 1} × ${planName(one, around.names)}`
    const sentence =
      pair.credit && pair.charge
        ? `The subscription changed from ${named(pair.credit)} to ${named(pair.charge)}.`
        : pair.charge
          ? `${named(pair.charge)} was added.`
          : pair.credit
            ? `${stopWords(pair.credit, { ...around, invoice })}.`
            : ''
    return { at: line?.periodStart ?? invoice.created, sentence }
  })
  const stages: [number | undefined, string][] = [
    [invoice.finalizedAt, `${name} was issued${terms}.`],
    [invoice.paidAt, invoice.amountDue ? `${name} was paid.` : `${name} was closed with nothing to pay.`],
    [invoice.voidedAt, `${name} was voided.`],
    [invoice.uncollectibleAt, `${name} was given up as uncollectible.`],
  ]
  return [...told, ...stages.flatMap(([at, sentence]) => (at === undefined ? [] : [{ at, sentence }]))]
}

function ofAttempts({ charge, attempts = [] }: { charge?: ChargeFacts } & Around): Happening[] {
  const all = charge && !attempts.some(({ id }) => id === charge.id) ? [...attempts, charge] : attempts
  return all.flatMap((one): Happening[] => {
    const amount = amountWords(one.amount, one.currency)
    if (one.status === 'failed')
      return [
        {
          at: one.created,
          sentence: `${methodWords(one.method)} could not be charged ${amount}${one.failure ? `: ${one.failure.replace(/\.$/, '')}` : ''}.`,
        },
      ]
    return one.status === 'succeeded'
      ? [{ at: one.created, sentence: `${amount} was charged to ${methodWords(one.method)}.` }]
      : []
  })
}

function ofMoneyBack({ refunds = [], creditNotes = [], disputes = [] }: Around): Happening[] {
  return [
    ...creditNotes.map((note) => ({
      at: note.created,
      sentence: `Credit note ${note.number ?? note.id} of ${amountWords(note.total, note.currency)} was ${note.status === 'void' ? 'issued and later voided' : 'issued'}.`,
    })),
    ...refunds.map((refund) => ({
      at: refund.created,
      sentence: refundWords(refund.status, amountWords(refund.amount, refund.currency), refund.failure),
    })),
    ...disputes.map((dispute) => ({
      at: dispute.created,
      sentence: `${amountWords(dispute.amount, dispute.currency)} was disputed at the bank (${dispute.reason.replaceAll('_', ' ')}); now ${dispute.status.replaceAll('_', ' ')}.`,
    })),
  ]
}

function refundWords(status: string, amount: string, failure: string | undefined): string {
  switch (status) {
    case 'failed':
      return `A refund of ${amount} was turned down${failure ? ` (${failure.replaceAll('_', ' ')})` : ''}.`
    case 'canceled':
      return `A refund of ${amount} was called off.`
    case 'succeeded':
      return `${amount} was refunded.`
    default:
      return `A refund of ${amount} is on its way.`
  }
}
