import type { Desk } from '#server/desk.ts'
import { newId } from '#platform/ids.ts'
import type { MailHead } from '../ports.ts'
import { isHistory } from '../rules/feed-plan.ts'
import { insertFeedItem } from '../store/feed-items.ts'
import { insertReceipt, LostRace } from '../store/receipts.ts'
import type { FeedPlace } from './place.ts'

/**
 * Parks a mail whose bytes cannot be had: it has a row that agents find, with the reason, and stays where it is on its
 * server. It holds up nothing behind it.
 */
export async function parkUnread(desk: Desk, place: FeedPlace, head: MailHead, reason: string): Promise<void> {
  const { mailbox, folder } = place
  const name = `imap:${folder.id}.${folder.epoch}.${head.uid}`
  const receipt = {
    id: newId('itm', desk.now()),
    sourceId: mailbox.id,
    providerId: head.messageId ?? name,
    // Of the mail as the server describes it, so that it is the same one after the folder was numbered anew.
    contentHash: head.messageId ? `unread:${head.messageId}:${head.size}` : name,
    disposition: 'parked' as const,
    reason: reason.slice(0, 500),
    fromAddress: null,
    subject: null,
    size: Math.min(head.size, 2 ** 31 - 1),
    envelope: { from: '', to: [mailbox.address], ip: null, helo: null },
    flagged: false,
    ticketId: null,
    messageId: null,
    duplicateOf: null,
  }
  const item = { uid: head.uid, state: 'parked' as const, providerId: head.messageId, history: isHistory(folder, head) }
  try {
    await desk.transaction(async (tx) => {
      await tx.emit({
        type: 'custody.recorded',
        data: { itemId: receipt.id, disposition: 'parked', code: 'not_fetched' },
      })
      await insertReceipt(tx, receipt, null)
      if (!(await insertFeedItem(tx, folder, { ...item, receiptId: receipt.id }))) throw new LostRace()
    })
  } catch (error) {
    if (!(error instanceof LostRace)) throw error
    // Parked before, under another number or by another process.
    await insertFeedItem(desk, folder, item)
  }
}
