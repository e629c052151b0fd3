import type { Feed, FeedFolder } from '#contract/feeds.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { requireMailbox } from '../feeds/save-feed.ts'
import { feedFoldersOf, type FeedFolder as StoredFolder } from '../store/feed-folders.ts'
import { findFeed, requireFeed, type Feed as StoredFeed } from '../store/feeds.ts'

/** How a mailbox is read; null when it is not read over IMAP. Its secrets stay where they are. */
export async function viewFeed(desk: Desk, mailboxId: Id<'box'>): Promise<Feed | null> {
  await requireMailbox(desk, mailboxId)
  const feed = await findFeed(desk, mailboxId)
  return feed ? present(feed, await feedFoldersOf(desk, mailboxId)) : null
}

export async function readFeedView(desk: Desk, mailboxId: Id<'box'>): Promise<Feed> {
  return present(await requireFeed(desk, mailboxId), await feedFoldersOf(desk, mailboxId))
}

function present(feed: StoredFeed, folders: readonly StoredFolder[]): Feed {
  const { host, port, security, verifyCertificate, readSent, sentFolder, paused } = feed
  return {
    mailboxId: feed.sourceId,
    host,
    port,
    security,
    verifyCertificate,
    user: feed.username,
    auth:
      feed.auth === 'oauth2'
        ? { kind: 'oauth2', tokenUrl: feed.tokenUrl ?? '', clientId: feed.clientId ?? '' }
        : { kind: 'password' },
    folders: feed.folders,
    readSent,
    sentFolder,
    backfillSince: feed.backfillSince?.toString() ?? null,
    paused,
    progress: folders.map(presentFolder),
  }
}

export function presentFolder(folder: StoredFolder): FeedFolder {
  const { path, role, serverCount, recordedCount, reconciledAt, waiting, unlisted } = folder
  const backfill = folder.olderNext === null ? null : { done: folder.olderDone, total: folder.olderTotal }
  return {
    path,
    role,
    serverCount,
    recordedCount,
    reconciledAt: reconciledAt?.toString() ?? null,
    waiting,
    unlisted,
    backfill,
  }
}
