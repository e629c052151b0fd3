import type { Desk } from '#server/desk.ts'
import { isConflict, isDatabaseAway } from '#platform/database-away.ts'
import { AlreadyTaken, receiveMail } from '../actions/receive-mail.ts'
import { whyParked } from '../actions/why-parked.ts'
import type { MailHead } from '../ports.ts'
import { feedEnvelope } from '../rules/feed-envelope.ts'
import { isHistory } from '../rules/feed-plan.ts'
import { insertFeedItem } from '../store/feed-items.ts'
import { fileSentMail } from './file-sent-mail.ts'
import { parkUnread } from './park-unread.ts'
import { pastOf, type FeedPlace } from './place.ts'

/**
 * Takes a mail that was read out of a folder: custody and the note that this UID is done commit together, so a death at any
 * moment neither loses it nor takes it twice.
 */
export async function takeMail(desk: Desk, place: FeedPlace, head: MailHead, raw: Uint8Array): Promise<void> {
  const { mailbox, own, folder } = place
  try {
    if (folder.role === 'sent') {
      await fileSentMail(desk, place, head, raw)
      return
    }
    const history = isHistory(folder, head)
    await receiveMail(desk, {
      raw,
      mailboxes: [mailbox],
      own,
      envelope: feedEnvelope(raw, mailbox, own),
      wakesLater: true,
      arrivedAt: history ? pastOf(desk, head.arrivedAt) : undefined,
      async alongside(tx, received) {
        const receiptId = received[0]?.itemId ?? null
        const item = { uid: head.uid, state: 'received' as const, receiptId, providerId: head.messageId, history }
        if (!(await insertFeedItem(tx, folder, item))) throw new AlreadyTaken()
      },
    })
  } catch (error) {
    if (error instanceof AlreadyTaken) return
    if (isDatabaseAway(error) || isConflict(error) || isDisk(error)) throw error
    desk.log.error({ error, mailboxId: mailbox.id, uid: head.uid }, 'a stored mail could not be taken; it is parked')
    await parkUnread(desk, place, head, `It could not be taken. ${whyParked(error)}`)
  }
}

function isDisk(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^E[A-Z]{3,}$/.test(code)
}
