import { fromStripe, toStripe } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { getCalendar } from '#modules/team/index.ts'
import { refreshCharge } from '../actions/refresh-charge.ts'
import { readChargeFile, type ChargeFile } from '../charge-file.ts'
import { operationEvent } from '../operation-event.ts'
import { gatherRequest } from '../refund-request.ts'
import type { CreditNoteFacts, RefundFacts } from '../rules/facts.ts'
import type { PlannedCall } from '../rules/refund-plan.ts'
import { draftRefundReply } from '../rules/refund-reply.ts'
import { refundRoom } from '../rules/refund-room.ts'
import { pendingRefunds, type StoredOperation } from '../store/operations.ts'
import { atStripe } from './at-stripe.ts'
import type { OperationKind, Verdict } from './operation-kind.ts'

type Refund = StoredOperation & {
  plan: PlannedCall
  charge: NonNullable<StoredOperation['charge']>
  money: NonNullable<StoredOperation['money']>
  cause: NonNullable<StoredOperation['cause']>
}

/** Money back for a charge, by a credit note where there is an invoice. */
export const refund: OperationKind = {
  ...atStripe,
  check: (desk, operation) => check(desk, asRefund(operation)),
  made: (operation, found) =>
    asRefund(operation).plan.call === 'credit_notes.create'
      ? { creditNoteId: found, refundId: null }
      : { creditNoteId: null, refundId: found },
  verify: (desk, operation) => verify(desk, asRefund(operation)),
}

function asRefund(operation: StoredOperation): Refund {
  if (operation.charge === null || operation.money === null || operation.cause === null)
    throw new Error(`${operation.id} is a refund without a charge, an amount or a cause`)
  return operation as Refund
}

async function check(desk: Desk, operation: Refund): Promise<string | undefined> {
  if (!(await refreshCharge(desk, operation.charge))) return 'Stripe does not know this charge any more.'
  const file = await readChargeFile(desk, operation.charge)
  if (!file) return 'This charge is not mirrored any more.'
  const { request } = await gatherRequest(desk, file, {
    cause: operation.cause,
    amount: operation.money,
    ticketId: null,
  })
  const others = await pendingRefunds(desk, operation.charge, operation.id)
  const { room, blocks } = refundRoom({ ...request, pendingOperations: others })
  if (blocks[0]) return blocks[0].sentence
  if (toStripe(operation.money) > room)
    return 'Less of this charge can be refunded now than when this was asked for. Look at a new preview.'
  return undefined
}

/** The refund exists, is ours, has the amount, and no more went back than was paid. */
async function verify(desk: Desk, operation: Refund): Promise<Verdict | undefined> {
  if (!(await refreshCharge(desk, operation.charge))) return undefined
  const file = await readChargeFile(desk, operation.charge)
  if (!file) return undefined
  const { note, refund: made } = madeBy(operation, file)
  const ids = { refundId: made?.id ?? null, creditNoteId: note?.id ?? null }
  const problem = problemOf(operation, file, made)
  if (problem) return { state: 'unknown', problem, ...ids }
  const reply = draftRefundReply({
    ...(operation.contactName ? { customerName: operation.contactName } : {}),
    money: operation.money,
    cause: operation.cause,
    charge: file.charge,
    ...(made ? { refund: made } : {}),
    ...(note?.number ? { creditNoteNumber: note.number } : {}),
    ...(file.invoice?.number ? { invoiceNumber: file.invoice.number } : {}),
    now: desk.now().epochMilliseconds,
    timeZone: (await getCalendar(desk)).hours.timeZone,
  })
  if (!reply.ok) return { state: 'failed', problem: reply.sentence, ...ids }
  const { amount, currency } = operation.money
  const receipt = operationEvent(operation, 'refund.made', { ...ids, amount, currency })
  return { state: 'done', problem: null, replyDraft: reply.text, ...ids, events: [receipt] }
}

/** The refund of this operation, by itself or through its credit note. */
function madeBy(
  operation: Refund,
  file: ChargeFile,
): { note: CreditNoteFacts | undefined; refund: RefundFacts | undefined } {
  const note = file.creditNotes.find(
    ({ id, metadata }) => id === operation.creditNoteId || metadata.operation_id === operation.id,
  )
  const refundIds = note ? note.refunds.map((part) => part.refund) : [operation.refundId]
  return { note, refund: file.refunds.find(({ id }) => refundIds.includes(id)) }
}

/** Stripe says the call worked; where the objects say otherwise a person must look. */
function problemOf(operation: Refund, file: ChargeFile, made: RefundFacts | undefined): string | undefined {
  if (!made) return 'Stripe answered that it is done, but the refund cannot be found. Look in the Stripe dashboard.'
  if (made.amount !== toStripe(operation.money) || made.currency.toUpperCase() !== operation.money.currency)
    return `Stripe made a refund of another amount (${made.id}). Look in the Stripe dashboard.`
  if (file.charge.amountRefunded > file.charge.amountCaptured) {
    const { charge } = file
    const [back, paid] = [charge.amountRefunded, charge.amountCaptured].map((amount) =>
      fromStripe(amount, charge.currency),
    )
    return `More went back (${back?.amount}) than was paid (${paid?.amount} ${paid?.currency}). Look in the Stripe dashboard.`
  }
  return undefined
}
