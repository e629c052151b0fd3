import { isExactFromStripe, toStripe } from '#contract/money.ts'
import type { CreditNoteFacts, DisputeFacts } from './facts.ts'
import type { Reason, RefundRequest, TraceStep } from './refund-request.ts'
import { refundWay, type RefundWay } from './refund-way.ts'
import { amountWords } from './words.ts'

/** What may still be refunded in Stripe units, whatever the policy says; with blocks, nothing may. */
export type RefundRoom = {
  room: number
  /** Already back or on its way, in Stripe units. */ returned: number
  way: RefundWay
  blocks: Reason[]
  notes: Reason[]
  trace: TraceStep[]
}

const movingMoney = new Set(['succeeded', 'pending', 'requires_action'])

/** The hard rules: never a disputed charge, never more than captured − refunded − pending − disputed, nothing sold elsewhere. */
export function refundRoom(request: RefundRequest): RefundRoom {
  const { charge } = request
  const way = refundWay(request)
  const blocks = [...chargeBlocks(request), ...(way.kind === 'refused' ? [way.reason] : [])]
  const disputes = request.disputes.map((dispute) => judgeDispute(dispute))
  if (charge.disputed && !disputes.length)
    disputes.push({
      block: {
        code: 'disputed',
        sentence: 'Stripe says this charge is disputed, but the dispute is not mirrored yet.',
      },
    })
  blocks.push(...disputes.flatMap((judged) => judged.block ?? []))
  const notes = disputes.flatMap((judged) => judged.note ?? [])
  if (blocks.some((block) => block.code === 'unreadable_amount'))
    return { room: 0, returned: 0, way, blocks, notes, trace: [] }

  const refunded = Math.max(charge.amountRefunded, moved(request))
  const pending = pendingUnits(request)
  const disputed = request.disputes.reduce(
    (all, dispute) => (isInquiry(dispute.status) ? all : all + dispute.amount),
    0,
  )
  const cash = charge.amountCaptured - refunded - pending - disputed
  const words = (amount: number): string => amountWords(amount, charge.currency)
  const trace: TraceStep[] = [
    {
      rule: 'captured − refunded − pending − disputed',
      input: [charge.amountCaptured, refunded, pending, disputed].map(words).join(' − '),
      result: words(cash),
    },
  ]
  const cap = invoiceCap(request, way, pending)
  if (cap) trace.push({ ...cap.step, result: words(cap.amount) })
  const room = Math.max(0, Math.min(cash, cap?.amount ?? cash))
  if (room === 0 && !blocks.length)
    blocks.push(
      refunded >= charge.amountCaptured
        ? { code: 'nothing_left', sentence: 'This charge is already refunded in full.' }
        : {
            code: 'nothing_left',
            sentence: 'Nothing of this charge is left to refund; the rest is credited or on its way.',
          },
    )
  return { room: blocks.length ? 0 : room, returned: refunded + pending, way, blocks, notes, trace }
}

function chargeBlocks({ charge, invoice, subscription, policy }: RefundRequest): Reason[] {
  const blocks: Reason[] = []
  const add = (code: string, sentence: string): unknown => blocks.push({ code, sentence })
  if (charge.status !== 'succeeded') add('not_paid', `This charge is ${charge.status}; there is nothing to refund.`)
  else if (!charge.captured) add('not_captured', 'This amount is only held on the card; cancel the payment instead.')
  if (![charge.amountCaptured, charge.amountRefunded].every((amount) => isExactFromStripe(amount, charge.currency)))
    add('unreadable_amount', 'This charge has an amount its currency cannot hold.')
  if (invoice && (invoice.customer !== charge.customer || invoice.currency !== charge.currency))
    add('other_invoice', 'The invoice does not belong to this charge: customer or currency differ.')
  const source = subscription?.source
  if (source === 'apple' || source === 'google' || source === 'partner') {
    const { name, url, macro } = policy.foreign[source]
    add(
      'foreign_source',
      `Bought through ${name}, who alone can refund it${url ? `: ${url}` : ''}. Use the macro ${macro}.`,
    )
  }
  return blocks
}

function judgeDispute(dispute: DisputeFacts): { block?: Reason; note?: Reason } {
  switch (dispute.status) {
    case 'warning_needs_response':
    case 'warning_under_review':
      if (!dispute.isChargeRefundable)
        return {
          block: {
            code: 'disputed',
            sentence: 'The bank asks about this charge and Stripe no longer allows a refund.',
          },
        }
      return {
        note: {
          code: 'inquiry',
          sentence: 'The bank only asks about this charge so far; a full refund now avoids a dispute.',
        },
      }
    case 'warning_closed':
      return { note: { code: 'inquiry', sentence: "The bank's question about this charge is closed." } }
    default: {
      const amount = isExactFromStripe(dispute.amount, dispute.currency)
        ? ` of ${amountWords(dispute.amount, dispute.currency)}`
        : ''
      const sentence = `A dispute${amount} on this charge is ${dispute.status.replaceAll('_', ' ')}; disputed charges are never refunded.`
      return { block: { code: 'disputed', sentence } }
    }
  }
}

function isInquiry(status: string): boolean {
  return status.startsWith('warning_')
}

function moved({ refunds }: RefundRequest): number {
  return refunds.reduce((all, refund) => (movingMoney.has(refund.status) ? all + refund.amount : all), 0)
}

/** Operations of ours whose refund cannot be seen among the refunds yet. */
function pendingUnits({ pendingOperations, refunds, creditNotes }: RefundRequest): number {
  const seen = (operationId: string): boolean => {
    if (refunds.some((refund) => refund.metadata.operation_id === operationId)) return true
    const note = creditNotes.find((candidate) => candidate.metadata.operation_id === operationId)
    return !!note && note.refunds.every((part) => refunds.some((refund) => refund.id === part.refund))
  }
  return pendingOperations.reduce(
    (all, operation) => (seen(operation.operationId) ? all : all + toStripe(operation.money)),
    0,
  )
}

/** What the invoice still allows: its total less credit notes and refunds made without one; for a payment too many, the excess. */
function invoiceCap(
  request: RefundRequest,
  way: RefundWay,
  pending: number,
): { amount: number; step: Omit<TraceStep, 'result'> } | undefined {
  const { invoice, creditNotes, refunds } = request
  if (!invoice) return undefined
  if (way.kind === 'refund_overpaid') {
    const step = { rule: 'invoice overpaid', input: `invoice ${invoice.number ?? invoice.id}` }
    return { amount: Math.max(0, invoice.amountOverpaid - pending), step }
  }
  if (way.kind !== 'credit_note') return undefined
  const notes = creditNotes.filter((note) => note.status === 'issued' && note.invoice === invoice.id)
  const credited = notes.reduce((all, note) => all + note.total, 0)
  const unlinked = refunds.filter((refund) => movingMoney.has(refund.status) && !isLinked(refund.id, notes))
  const bare = unlinked.reduce((all, refund) => all + refund.amount, 0)
  const words = [invoice.total, credited, bare, pending].map((amount) => amountWords(amount, invoice.currency))
  return {
    amount: Math.max(0, invoice.total - credited - bare - pending),
    step: { rule: 'invoice total − credit notes − refunds without one − pending', input: words.join(' − ') },
  }
}

function isLinked(refund: string, notes: readonly CreditNoteFacts[]): boolean {
  return notes.some((note) => note.refunds.some((part) => part.refund === refund))
}
