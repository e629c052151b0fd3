import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { Transmission } from '../ports.ts'
import { record, type Happening } from '../record.ts'
import { refusalOf } from '../rules/bounce.ts'
import { nextTry } from '../rules/delivery-retry.ts'
import { deliveryHead, lockDelivery, setDelivery, type LockedDelivery } from '../store/deliveries.ts'
import { lockTicket, type LockedTicket } from '../store/tickets.ts'
import { changeStatus } from './change-status.ts'
import { keepAttempt, learnPace } from './keep-attempt.ts'
import { enqueueDelivery } from './enqueue-delivery.ts'
import { noteAddressFailure } from './note-address-failure.ts'
import { noteToOwner } from './note-to-owner.ts'
import { settleAttention } from './settle-attention.ts'

/** `recipients`: whom the attempt was for; `tried`: their domains that had asked for less mail. */
export type DeliveryOutcome = Transmission & { recipients?: string[]; tried?: string[] }

type Known = { ticket: LockedTicket; delivery: LockedDelivery; kind: 'reply' | 'auto' }

/**
 * Writes down what became of an attempt. Only the last attempt of a delivery that still waits counts, with one exception:
 * an answer that comes after the delivery was called unknown is the truth about it. Saying it twice is saying it once.
 */
export async function recordDelivery(
  desk: Desk,
  { messageId, attempt }: { messageId: Id<'msg'>; attempt: number },
  outcome: DeliveryOutcome,
): Promise<void> {
  await desk.transaction(async (tx) => {
    const head = await deliveryHead(tx, messageId)
    if (!head) return
    // Ticket before delivery, the order in which everybody who needs both locks them.
    const ticket = await lockTicket(tx, head.ticketId)
    const delivery = await lockDelivery(tx, messageId)
    if (!delivery || delivery.attempts !== attempt) return
    const waits = delivery.state === 'queued' || delivery.state === 'handing_over'
    if (!waits && !(delivery.state === 'unknown' && outcome.outcome === 'sent')) return
    const known = { ticket, delivery, kind: head.kind }
    await keepAttempt(tx, { messageId, attempt }, outcome)
    await learnPace(tx, outcome)
    await learnAddresses(tx, messageId, outcome)
    if (outcome.outcome === 'sent') await sent(tx, known, outcome)
    else if (outcome.outcome === 'unknown') await unknown(tx, known, outcome.reason)
    else if (outcome.outcome === 'failed') await failed(tx, known, outcome.reason)
    else await putOff(tx, known, outcome.reason)
  })
}

/** Who is refused by name learns it here and now: no bounce will come of a mail that nobody took. */
async function learnAddresses(desk: Desk, messageId: Id<'msg'>, outcome: DeliveryOutcome): Promise<void> {
  if (outcome.outcome !== 'sent' && outcome.outcome !== 'failed') return
  const never = (outcome.refused ?? []).filter(({ later, address }) => !later && address !== '')
  for (const { address, reason } of never.toSorted((one, other) => (one.address < other.address ? -1 : 1)))
    await noteAddressFailure(desk, messageId, refusalOf(address, reason))
}

async function sent(
  desk: Desk,
  known: Known,
  outcome: Transmission & { outcome: 'sent'; recipients?: string[] },
): Promise<void> {
  const { messageId } = known.delivery
  const later = outcome.refused.filter((one) => one.later)
  const never = outcome.refused.filter((one) => !one.later)
  const missed = new Set(outcome.refused.map(({ address }) => address))
  const accepted = [...known.delivery.accepted, ...(outcome.recipients ?? []).filter((address) => !missed.has(address))]
  const refused = [...new Set([...known.delivery.refused, ...never.map(({ address }) => address)])]
  const reason = outcome.refused.map((one) => `${one.address}: ${one.reason}`).join('; ') || null
  // Who has it does not get it again.
  if (later.length > 0) return putOff(desk, known, `Not yet taken for ${reason}`, { accepted, refused })
  await setDelivery(desk, messageId, 'sent', {
    accepted,
    refused,
    error: refused.length > 0 ? `Refused for ${reason ?? refused.join(', ')}` : null,
  })
  await tell(desk, known, 'delivery.sent', { refused: refused.length })
  if (refused.length > 0)
    await noteToOwner(desk, known.ticket, `${nameOf(known)} was sent, but not to everybody. Refused for ${reason}`)
  await settleAttention(desk, known.ticket.id)
}

async function putOff(
  desk: Desk,
  known: Known,
  reason: string,
  change: { accepted?: string[]; refused?: string[] } = {},
): Promise<void> {
  const { messageId, queuedAt } = known.delivery
  const retryAt = nextTry(queuedAt ?? desk.now(), desk.now())
  if (!retryAt) return failed(desk, known, `Given up after three days. ${reason}`, change)
  await setDelivery(desk, messageId, 'queued', { error: reason, retryAt, ...change })
  await enqueueDelivery(desk, messageId, retryAt)
  await tell(desk, known, 'delivery.put_off', { retryAt: retryAt.toString() })
}

async function unknown(desk: Desk, known: Known, reason: string): Promise<void> {
  await setDelivery(desk, known.delivery.messageId, 'unknown', { error: reason })
  await tell(desk, known, 'delivery.unknown', {})
  const words =
    'Nobody can know whether the last mail arrived. It is not sent again by itself: send it again, which repeats it under the same Message-ID, or say that it arrived.'
  await noteToOwner(desk, known.ticket, `${words}\n\n${reason}`)
  await settleAttention(desk, known.ticket.id)
}

/** The end of all tries: the reply is its owner's again, and its ticket with it. */
async function failed(
  desk: Desk,
  known: Known,
  reason: string,
  change: { accepted?: string[]; refused?: string[] } = {},
): Promise<void> {
  const { ticket } = known
  await setDelivery(desk, known.delivery.messageId, 'failed', { error: reason, ...change })
  const eventId = await tell(desk, known, 'delivery.failed', {})
  await noteToOwner(desk, ticket, `${nameOf(known)} could not be delivered.\n\n${reason}`)
  if (known.kind === 'reply') {
    const reopens = ticket.status === 'solved' || ticket.status === 'pending'
    const happenings: Happening[] = reopens ? await changeStatus(desk, ticket, 'open', 'delivery_failed') : []
    if (happenings.length > 0)
      await record(
        desk,
        ticket,
        happenings.map((happening) => ({ ...happening, causeId: eventId })),
      )
  }
  await settleAttention(desk, ticket.id)
}

function nameOf({ kind }: Known): string {
  return kind === 'reply' ? 'The reply' : 'A mail the desk wrote by itself'
}

async function tell(desk: Desk, known: Known, type: string, data: Record<string, unknown>) {
  const { messageId, attempts } = known.delivery
  const [id] = await desk.emit({
    type,
    ticketId: known.ticket.id,
    contactId: known.ticket.contactId,
    accountId: known.ticket.accountId,
    data: { messageId, attempt: attempts, ...data },
  })
  return id ?? null
}
