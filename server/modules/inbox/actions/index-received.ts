import type { Desk } from '#server/desk.ts'
import { isDatabaseAway } from '#platform/database-away.ts'
import { markIndexed, unindexedMail, type UnindexedMail } from '../store/receipt-work.ts'
import { acknowledge } from './acknowledge.ts'
import { indexMessages } from './index-message.ts'

const atOnce = 100

/** Indexes the mails that wait for it and acknowledges those that want it; resolves to how many there were. */
export async function indexReceived(desk: Desk): Promise<number> {
  const mails = await unindexedMail(desk, atOnce)
  if (mails.length === 0) return 0
  try {
    await indexMessages(
      desk,
      mails.map(({ messageId }) => messageId),
    )
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    await oneByOne(desk, mails, ({ messageId }) => indexMessages(desk, [messageId]))
  }
  await oneByOne(
    desk,
    mails.filter((mail) => mail.acknowledge),
    ({ itemId, messageId }) => acknowledge(desk, itemId, messageId),
  )
  await markIndexed(desk, mails)
  return mails.length
}

/** One mail that cannot be worked on is told of and left; it must not hold up all others. */
async function oneByOne(
  desk: Desk,
  mails: readonly UnindexedMail[],
  work: (mail: UnindexedMail) => Promise<void>,
): Promise<void> {
  for (const mail of mails) {
    try {
      await work(mail)
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      desk.log.error({ error, itemId: mail.itemId }, 'a received mail could not be worked on')
    }
  }
}
