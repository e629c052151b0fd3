import { authorWords, type Occurrence } from './authorship.ts'
import type { Around, Happening } from './explanation.ts'
import type { ChargeFacts, InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import { prorationPairs, stopWords, type ProrationPair } from './explain-change.ts'
import { planName } from './plan-name.ts'
import { amountWords, dayWords, methodWords } from './words.ts'

/** A happening, and how Stripe's events would name it. */
type Told = { sentence: string } & Occurrence

/**
 * What happened around the money, earliest first: changes, the invoice, attempts to collect, refunds, notes and disputes;
 * each with whoever did it, where events were looked at.
 */
export function explainHistory(input: { charge?: ChargeFacts; invoice?: InvoiceFacts } & Around): Happening[] {
  const { authors } = input
  return [...ofInvoice(input), ...ofAttempts(input), ...ofMoneyBack(input)]
    .sort((a, b) => a.at - b.at)
    .map((told) => ({
      at: told.at,
      sentence: told.sentence,
      ...(authors ? { by: authorWords(told, authors) } : {}),
    }))
}

function ofInvoice({ invoice, ...around }: { invoice?: InvoiceFacts } & Around): Told[] {
  if (!invoice) return []
  const name = invoice.number ? `Invoice ${invoice.number}` : 'The invoice'
  const terms = invoice.dueDate ? `, to be paid by ${dayWords(invoice.dueDate, around)}` : ''
  const paid = invoice.amountDue ? `${name} was paid.` : `${name} was closed with nothing to pay.`
  const stages: [number | undefined, string, string][] = [
    [invoice.finalizedAt, 'invoice.finalized', `${name} was issued${terms}.`],
    [invoice.paidAt, 'invoice.paid', paid],
    [invoice.voidedAt, 'invoice.voided', `${name} was voided.`],
    [invoice.uncollectibleAt, 'invoice.marked_uncollectible', `${name} was given up as uncollectible.`],
  ]
  return [
    ...prorationPairs(invoice.lines).flatMap((pair) => changeTold(pair, invoice, around)),
    ...stages.flatMap(([at, type, sentence]): Told[] =>
      at === undefined ? [] : [{ at, sentence, object: invoice.id, types: [type] }],
    ),
  ]
}

/** What a change of a subscription is called among Stripe's events, and the fields that tell a change of what is billed. */
const changeTypes = ['updated', 'deleted', 'paused', 'resumed'].map((what) => `customer.subscription.${what}`)
const billedFields = ['items', 'quantity', 'plan', 'billing_cycle_anchor', 'trial_end', 'status', 'pending_update']

function changeTold({ credit, charge }: ProrationPair, invoice: InvoiceFacts, around: Around): Told[] {
  const line = charge ?? credit
  if (!line) return []
  const named = (one: InvoiceLineFacts): string => `${one.quantity ?? 1} × ${planName(one, around.names)}`
  const added = charge ? `${named(charge)} was added.` : ''
  const changed = charge && credit && `The subscription changed from ${named(credit)} to ${named(charge)}.`
  const stopped = credit && !charge ? `${stopWords(credit, { ...around, invoice })}.` : added
  return [
    {
      at: line.periodStart,
      sentence: changed ?? stopped,
      object: line.subscription ?? invoice.subscription ?? '',
      types: changeTypes,
      changed: billedFields,
    },
  ]
}

function ofAttempts({ charge, attempts = [] }: { charge?: ChargeFacts } & Around): Told[] {
  const all = charge && !attempts.some(({ id }) => id === charge.id) ? [...attempts, charge] : attempts
  return all.flatMap((one): Told[] => {
    const amount = amountWords(one.amount, one.currency)
    const told = { at: one.created, object: one.id }
    const why = one.failure ? `: ${one.failure.replace(/\.$/, '')}` : ''
    if (one.status === 'failed')
      return [
        {
          ...told,
          types: ['charge.failed'],
          sentence: `${methodWords(one.method)} could not be charged ${amount}${why}.`,
        },
      ]
    return one.status === 'succeeded'
      ? [{ ...told, types: ['charge.succeeded'], sentence: `${amount} was charged to ${methodWords(one.method)}.` }]
      : []
  })
}

function ofMoneyBack({ refunds = [], creditNotes = [], disputes = [] }: Around): Told[] {
  return [
    ...creditNotes.map((note) => ({
      at: note.created,
      object: note.id,
      types: ['credit_note.created'],
      sentence: `Credit note ${note.number ?? note.id} of ${amountWords(note.total, note.currency)} was ${note.status === 'void' ? 'issued and later voided' : 'issued'}.`,
    })),
    ...refunds.map((refund) => ({
      at: refund.created,
      object: refund.id,
      types: ['refund.created'],
      sentence: refundWords(refund.status, amountWords(refund.amount, refund.currency), refund.failure),
    })),
    ...disputes.map((dispute) => ({
      at: dispute.created,
      object: dispute.id,
      types: ['charge.dispute.created'],
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
