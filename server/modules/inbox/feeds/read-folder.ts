import type { Desk } from '#server/desk.ts'
import type { MailStoreSession } from '../ports.ts'
import { firstWindow, nextWindow } from '../rules/feed-plan.ts'
import { setFolder } from '../store/feed-folders.ts'
import { folderFacts, type FeedPlace } from './place.ts'
import { readUids } from './read-uids.ts'

const page = 200

/**
 * Reads what came into the open folder since the last time. The cursor follows each page, after all of it has committed;
 * mails of an unfinished page are known by their own rows.
 */
export async function readNew(desk: Desk, session: MailStoreSession, place: FeedPlace): Promise<void> {
  const uids = await session.uids({ from: place.folder.nextUid, to: null })
  for (let at = 0; at < uids.length; at += page) {
    const some = uids.slice(at, at + page)
    await readUids(desk, session, place, some)
    const waiting = Math.max(0, uids.length - at - some.length)
    place.folder = await setFolder(desk, place.folder, { nextUid: (some.at(-1) ?? 0) + 1, waiting })
  }
}

/**
 * Reads a page of what lay in the open folder before, oldest first; true when there is more. Numbers are asked for in
 * windows, so that neither a mailbox of hundreds of thousands nor one with few mails and high numbers is held at once.
 */
export async function readOlder(desk: Desk, session: MailStoreSession, place: FeedPlace): Promise<boolean> {
  let width = firstWindow
  let seen = 0
  while (place.folder.olderNext !== null && seen < page) {
    const { olderNext: from, startUid, olderSince } = place.folder
    if (from >= startUid) {
      await finishOlder(desk, place)
      return false
    }
    const to = Math.min(from + width - 1, startUid - 1)
    const uids = await session.uids({ from, to }, olderSince)
    const some = uids.slice(0, page)
    await readUids(desk, session, place, some)
    seen += some.length
    const isWhole = some.length === uids.length
    place.folder = await setFolder(desk, place.folder, {
      olderNext: isWhole ? to + 1 : (some.at(-1) ?? to) + 1,
      olderDone: place.folder.olderDone + some.length,
    })
    width = nextWindow(width, uids.length)
  }
  return place.folder.olderNext !== null
}

async function finishOlder(desk: Desk, place: FeedPlace): Promise<void> {
  await desk.transaction(async (tx) => {
    place.folder = await setFolder(tx, place.folder, { olderNext: null })
    await tx.emit({ type: 'feed.older_read', data: { ...folderFacts(place), count: place.folder.olderDone } })
  })
}
