import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { OwnMailbox } from '../own-addresses.ts'
import type { FeedFolder } from '../store/feed-folders.ts'

/** Where mail is being read from: the desk's mailbox and the folder that feeds it. */
export type FeedPlace = { mailbox: OwnMailbox; own: OwnMailbox[]; folder: FeedFolder }

export type FolderTarget = { path: string; role: 'inbox' | 'sent' }

/** What the ledger says of a folder; its name is the customer's own text and stays out. */
export function folderFacts({ mailbox, folder }: FeedPlace): { mailboxId: Id<'box'>; folder: number; epoch: number } {
  return { mailboxId: mailbox.id, folder: folder.id, epoch: folder.epoch }
}

/** When a mail arrived; a server's clock may run ahead of ours, and nothing is dated in the future. */
export function pastOf(desk: Desk, at: Temporal.Instant | null): Temporal.Instant | undefined {
  return at && Temporal.Instant.compare(at, desk.now()) < 0 ? at : undefined
}
