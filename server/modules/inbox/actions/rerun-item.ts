import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { isConflict, isDatabaseAway } from '#platform/database-away.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { knowSender, type KnownSender } from '../filing/know-sender.ts'
import { ownMailboxes, type OwnMailbox } from '../own-addresses.ts'
import type { InboundMessage, ParseOutcome } from '../ports.ts'
import { decideCustody } from '../rules/custody.ts'
import { fileHistory, historyWords } from '../imports/import-mail.ts'
import { importing, importOf } from '../imports/importing.ts'
import { updateImportItem } from '../store/imports.ts'
import { finishWork } from '../store/receipt-work.ts'
import { indexMessages } from './index-message.ts'
import { readRaw } from '../store/raw-items.ts'
import {
  readReceipt,
  receiptsByProviderId,
  replaceReceipt,
  type RerunReceipt,
  type StoredReceipt,
} from '../store/receipts.ts'
import { requireCustodyItem } from '../views/custody-items.ts'
import { wakeAfterReceipts } from './after-receipts.ts'
import { keepContents, type KeptAttachment } from './keep-attachments.ts'
import { placeMail } from './place-mail.ts'
import { untilWon } from './until-won.ts'
import { whyParked } from './why-parked.ts'

/** Tries a parked item again from its stored bytes. What it becomes is counted anew; if it cannot be read still, it stays. */
export async function rerunItem(desk: Desk, id: Id<'itm'>): Promise<void> {
  await requireCustodyItem(desk, id)
  const receipt = await readReceipt(desk, id)
  const raw = await readRaw(desk, id)
  if (!receipt) throw notFound('item')
  requireParked(receipt)
  if (!raw)
    throw new DeskError('conflict', 'This mail was never fetched from its mailbox; it is still there. Read it there.')
  if (raw.byteLength < receipt.size)
    throw new DeskError('conflict', 'Only the beginning of this mail is kept, because it is longer than 50 MB.')
  const parsed = await desk.ports.mail.read(raw, receipt.envelope)
  const own = await ownMailboxes(desk)
  const known = parsed.ok
    ? await knowSender(desk, parsed.message, { raw, envelope: receipt.envelope, own })
    : { reason: parsed.reason }
  const attachments = 'message' in known ? await keepContents(desk, known.message.attachments) : []
  try {
    await untilWon(() => desk.transaction((tx) => rerun(tx, id, { outer: parsed, known, own, attachments })))
  } catch (error) {
    if (error instanceof DeskError || isDatabaseAway(error) || isConflict(error)) throw error
    desk.log.error({ error, itemId: id }, 'a parked mail could not be filed')
    await desk.transaction((tx) => rerun(tx, id, { known: { reason: whyParked(error) }, own, attachments: [] }))
  }
}

function requireParked(receipt: StoredReceipt): void {
  if (receipt.disposition !== 'parked')
    throw new DeskError('conflict', `Only parked items can be tried again; this one is ${receipt.disposition}.`)
}

type Reread = {
  /** The mail as it came; `known` is what is filed of it, or why nothing can be. */
  outer?: ParseOutcome
  known: { message: InboundMessage; sender: KnownSender } | { reason: string }
  own: OwnMailbox[]
  attachments: KeptAttachment[]
}

async function rerun(desk: Desk, id: Id<'itm'>, read: Reread): Promise<void> {
  const receipt = await readReceipt(desk, id, { lock: true })
  if (!receipt) throw notFound('item')
  requireParked(receipt)
  const { outer, known } = read
  const became =
    outer?.ok && 'message' in known
      ? await file(desk, receipt, outer.message, { ...read, known })
      : { ...still(receipt, 'reason' in known ? known.reason : ''), code: 'unreadable' }
  const { code, ...row } = became
  await replaceReceipt(desk, receipt, row)
  const { messageId, ticketId, disposition } = row
  await desk.emit({
    type: 'custody.rerun',
    ticketId,
    data: { itemId: id, disposition, code, ...(messageId ? { messageId } : {}) },
  })
  if (messageId && code === 'imported') await leaveAsHistory(desk, id, messageId)
  else if (messageId) await wakeAfterReceipts(desk)
}

async function file(
  desk: Desk,
  receipt: StoredReceipt,
  message: InboundMessage,
  { own, known: filedMail, attachments }: Reread & { known: { message: InboundMessage; sender: KnownSender } },
): Promise<RerunReceipt & { code: string }> {
  const mailbox = own.find(({ id }) => id === receipt.sourceId)
  if (!mailbox) throw notFound('mailbox')
  const known = message.providerId
    ? (await receiptsByProviderId(desk, receipt.sourceId, message.providerId)).filter(({ id }) => id !== receipt.id)
    : []
  const original = known.find(({ contentHash }) => contentHash === receipt.contentHash)
  const custody = decideCustody({
    providerId: message.providerId,
    contentHash: receipt.contentHash,
    sameProviderId: known,
    sameHash: original !== undefined,
  })
  const seen = {
    ...still(receipt, custody.reason),
    providerId: custody.providerId,
    fromAddress: message.from.address || null,
    subject: message.subject,
  }
  if (original) return { ...seen, disposition: 'duplicate' as const, duplicateOf: original.id, code: custody.code }
  const flagged = custody.outcome === 'new_flagged'
  const imported = await importOf(desk, receipt.id)
  if (imported) {
    const into = await importing(desk, { sourceId: mailbox.id, name: imported.name })
    const history = await fileHistory(desk, into, { attachments, writtenAt: null }, message)
    await updateImportItem(desk, receipt.id, history)
    const { ticketId, messageId } = history
    return { ...seen, ...historyWords(into, history), ticketId, messageId, flagged, code: 'imported' }
  }
  const filed = await placeMail(desk, { mailbox, own, attachments }, filedMail, flagged)
  return { ...seen, ...filed, reason: flagged ? `${filed.reason} ${custody.reason}` : filed.reason, flagged }
}

/** Found by search, and no more: nobody is answered, and nothing proven, for a mail of an import. */
async function leaveAsHistory(desk: Desk, itemId: Id<'itm'>, messageId: Id<'msg'>): Promise<void> {
  await finishWork(desk, [{ itemId }])
  await indexMessages(desk, [messageId])
}

/** As it is: parked, with the reason of this time. */
function still(receipt: StoredReceipt, reason: string): RerunReceipt {
  return {
    providerId: receipt.providerId,
    disposition: 'parked',
    reason,
    fromAddress: null,
    subject: null,
    flagged: false,
    ticketId: null,
    messageId: null,
    duplicateOf: null,
  }
}
