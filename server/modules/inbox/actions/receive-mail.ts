import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { isDatabaseAway } from '#platform/database-away.ts'
import { failpoint } from '#platform/failpoints.ts'
import { newId } from '#platform/ids.ts'
import { contentHashOf } from '../content-hash.ts'
import { holdEvents } from '../hold-events.ts'
import { ownMailboxes, type OwnMailbox } from '../own-addresses.ts'
import { knowSender, type KnownSender } from '../filing/know-sender.ts'
import type { InboundMessage, ParseOutcome } from '../ports.ts'
import { decideCustody } from '../rules/custody.ts'
import { statedMessageId } from '../rules/stated-message-id.ts'
import { insertReceipt, receiptsByProviderId, type ReceiptEnvelope } from '../store/receipts.ts'
import { linkTickets } from '../store/tickets.ts'
import { wakeAfterReceipts } from './after-receipts.ts'
import { keepContents, type KeptAttachment } from './keep-attachments.ts'
import { placeMail } from './place-mail.ts'
import { untilWon } from './until-won.ts'
import { whyParked } from './why-parked.ts'

export type ReceivedMail = {
  raw: Uint8Array
  /** The mailboxes it was delivered to; at least one. */
  mailboxes: readonly OwnMailbox[]
  envelope: ReceiptEnvelope
  /** Every mailbox of the desk, when the caller has just read them. */
  own?: OwnMailbox[]
  /** The caller wakes the work after receipt itself, once for many mails. */
  wakesLater?: boolean
  /** When it arrived where it lay until now; its message is dated so. */
  arrivedAt?: Temporal.Instant | undefined
  /** Done in the transaction that takes the mail; what it throws undoes that. */
  alongside?: (tx: Desk, received: readonly Received[]) => Promise<void>
}

export type Received = {
  itemId: Id<'itm'>
  mailboxId: Id<'box'>
  ticketId: Id<'tkt'> | null
  messageId: Id<'msg'> | null
}

/** Thrown by `alongside` when somebody else has taken this very mail; nothing is to be done about it. */
export class AlreadyTaken extends Error {}

/**
 * Takes custody of a mail: when this returns, its raw bytes are committed with the ticket or message they became, or
 * parked with the reason. Delivered to two mailboxes it is two receipts, linked. Only then may the sender hear 250.
 */
export async function receiveMail(desk: Desk, mail: ReceivedMail): Promise<Received[]> {
  const read = await desk.ports.mail.read(mail.raw, { from: mail.envelope.from, to: mail.envelope.to })
  const contentHash = contentHashOf(mail.raw, statedIn(read, mail.raw) !== undefined)
  const own = mail.own ?? (await ownMailboxes(desk))
  const take = async (parsed: ParseOutcome) => {
    const known = parsed.ok ? await knowSender(desk, parsed.message, { ...mail, own }) : undefined
    const attachments = known ? await keepContents(desk, known.message.attachments) : []
    return untilWon(() => receiveOnce(desk, { ...mail, own, parsed, known, attachments, contentHash }))
  }
  const received = await take(read).catch((error: unknown) => {
    // The database away or the disk full: the sender keeps the mail. Anything else would meet it again at every try.
    if (!read.ok || isDatabaseAway(error) || isDiskTrouble(error) || error instanceof AlreadyTaken) throw error
    desk.log.error({ error }, 'a mail could be read but not filed; it is parked')
    return take({ ok: false, reason: whyParked(error) })
  })
  failpoint('ingest.after_commit')
  return received
}

type Taken = ReceivedMail & {
  own: OwnMailbox[]
  /** The mail as it came. */
  parsed: ParseOutcome
  /** What is filed of it: the mail, or a customer's that a colleague forwarded. */
  known: { message: InboundMessage; sender: KnownSender } | undefined
  attachments: KeptAttachment[]
  contentHash: string
}

function receiveOnce(desk: Desk, { mailboxes, ...mail }: Taken): Promise<Received[]> {
  return desk.transaction(async (tx) => {
    const held = holdEvents(tx)
    const all: Received[] = []
    for (const mailbox of mailboxes) {
      // Each mailbox's message has attachments of its own; only their content is shared.
      const attachments = mail.attachments.map((kept) => ({ ...kept, id: newId('att', tx.now()) }))
      all.push(await receiveInto(held.desk, { ...mail, mailbox, attachments }))
    }
    await linkSiblings(tx, all)
    await mail.alongside?.(tx, all)
    await held.append()
    if (!mail.wakesLater && all.some(({ messageId }) => messageId)) await wakeAfterReceipts(tx)
    failpoint('ingest.before_commit')
    return all
  })
}

type Delivery = Omit<Taken, 'mailboxes'> & { mailbox: OwnMailbox }

async function receiveInto(desk: Desk, delivery: Delivery): Promise<Received> {
  const { mailbox, parsed, contentHash } = delivery
  const message = parsed.ok ? parsed.message : undefined
  const stated = statedIn(parsed, delivery.raw)
  const known = await receiptsByProviderId(desk, mailbox.id, stated ?? `sha256:${contentHash}`)
  const custody = decideCustody({
    providerId: stated,
    contentHash,
    sameProviderId: known,
    sameHash: known.some((receipt) => receipt.contentHash === contentHash),
  })
  const flagged = custody.outcome === 'new_flagged'
  const receipt = {
    id: newId('itm', desk.now()),
    sourceId: mailbox.id,
    providerId: custody.providerId,
    contentHash,
    fromAddress: message?.from.address || delivery.envelope.from || null,
    subject: message?.subject ?? null,
    size: delivery.raw.byteLength,
    envelope: delivery.envelope,
    flagged,
  }
  const itemId = receipt.id
  if (custody.outcome === 'duplicate') {
    const duplicateOf = known.find((other) => other.contentHash === contentHash)?.id ?? null
    const { reason, code } = custody
    await desk.emit({ type: 'custody.recorded', data: { itemId, disposition: 'duplicate', code } })
    const none = { ticketId: null, messageId: null }
    await insertReceipt(desk, { ...receipt, ...none, disposition: 'duplicate', reason, duplicateOf }, null)
    return { itemId, mailboxId: mailbox.id, ...none }
  }
  const filed = delivery.known
    ? await placeMail(desk, delivery, delivery.known, flagged)
    : {
        disposition: 'parked' as const,
        reason: parsed.ok ? '' : parsed.reason,
        code: 'unreadable',
        ticketId: null,
        messageId: null,
      }
  const { ticketId, messageId, disposition, code } = filed
  await desk.emit({
    type: 'custody.recorded',
    ticketId,
    data: { itemId, disposition, code, ...(messageId ? { messageId } : {}) },
  })
  const reason = flagged ? `${filed.reason} ${custody.reason}` : filed.reason
  await insertReceipt(desk, { ...receipt, disposition, reason, ticketId, messageId, duplicateOf: null }, delivery.raw)
  return { itemId, mailboxId: mailbox.id, ticketId, messageId }
}

/** The Message-ID that a mail carries; of one that could not be read, what its header says. */
function statedIn(parsed: ParseOutcome, raw: Uint8Array): string | undefined {
  return (parsed.ok ? parsed.message.providerId?.trim() : statedMessageId(raw)) || undefined
}

/** One mail that reached several of our mailboxes: its tickets know of each other. */
async function linkSiblings(desk: Desk, received: readonly Received[]): Promise<void> {
  const ticketIds = [...new Set(received.flatMap(({ ticketId }) => ticketId ?? []))]
  for (const [index, ticketId] of ticketIds.entries())
    for (const other of ticketIds.slice(index + 1)) await linkTickets(desk, ticketId, other, 'same_mail')
}

function isDiskTrouble(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^E[A-Z]{3,}$/.test(code)
}
