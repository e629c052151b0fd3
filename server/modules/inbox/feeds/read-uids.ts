import type { Desk } from '#server/desk.ts'
import { wakeAfterReceipts } from '../actions/after-receipts.ts'
import type { MailHead, MailStoreSession } from '../ports.ts'
import { triesPerMail } from '../rules/feed-pace.ts'
import { chunksOf, isWanted } from '../rules/feed-plan.ts'
import { insertFeedItem, insertMissing, recordedAmong } from '../store/feed-items.ts'
import { setFolder } from '../store/feed-folders.ts'
import { parkUnread } from './park-unread.ts'
import { folderFacts, type FeedPlace } from './place.ts'
import { takeMail } from './take-mail.ts'

export const maxMailBytes = 50 * 1024 * 1024

const chunk = { count: 50, bytes: 8 * 1024 * 1024 }
/** Mails filed at the same time, and how much of them may be in memory. */
const together = { count: 4, bytes: 16 * 1024 * 1024 }

export type ReadOutcome = { read: number; missing: number }
/** `seen`: the Message-IDs that the server told, by UID. */
type Outcome = ReadOutcome & { seen: Map<number, string | null> }

/**
 * Reads these mails of the open folder, ascending and no more than a page of them, leaving out what is recorded. What the
 * server lists and does not hand out is asked for again, and then recorded as missing by its number; what it no longer lists
 * is gone. Nothing is passed over without a row.
 */
export async function readUids(
  desk: Desk,
  session: MailStoreSession,
  place: FeedPlace,
  uids: readonly number[],
): Promise<ReadOutcome> {
  const known = await recordedAmong(desk, place.folder, uids)
  const left = uids.filter((uid) => !known.has(uid))
  if (left.length === 0) return { read: 0, missing: 0 }
  const outcome: Outcome = { read: 0, missing: 0, seen: new Map() }
  let absent = await fetchAll(desk, session, place, left, outcome)
  if (absent.length > 0) {
    const listed = new Set(await session.uids({ from: absent[0] ?? 1, to: absent.at(-1) ?? null }))
    for (const uid of absent.filter((one) => !listed.has(one)))
      await insertFeedItem(desk, place.folder, { uid, state: 'gone' })
    // Once more one by one: a server that leaves answers out of a long list may give them alone.
    absent = absent.filter((one) => listed.has(one))
    const still: number[] = []
    for (const uid of absent) still.push(...(await fetchAll(desk, session, place, [uid], outcome)))
    await noteMissing(desk, place, still, outcome.seen)
    outcome.missing += still.length
  }
  if (outcome.read > 0) await wakeAfterReceipts(desk)
  return outcome
}

/** Fetches and takes what it can; resolves to the UIDs for which nothing came. */
async function fetchAll(
  desk: Desk,
  session: MailStoreSession,
  place: FeedPlace,
  uids: readonly number[],
  outcome: Outcome,
): Promise<number[]> {
  const absent = new Set(uids)
  const readable: MailHead[] = []
  for (const head of await session.heads(uids)) {
    outcome.seen.set(head.uid, head.messageId)
    if (!isWanted(place.folder, head)) absent.delete(head.uid)
    else if (head.size > maxMailBytes) {
      await parkUnread(desk, place, head, tooLarge(head.size))
      absent.delete(head.uid)
    } else if (isSpoiled(place, head.uid)) {
      const times = `${triesPerMail} times`
      await parkUnread(
        desk,
        place,
        head,
        `The connection broke ${times} while it was fetched. It is still on its server.`,
      )
      place.folder = await setFolder(desk, place.folder, { suspectUid: null, suspectTries: 0 })
      absent.delete(head.uid)
    } else readable.push(head)
  }
  const suspect = place.folder.suspectUid
  // Alone, so that it takes no other down with it.
  const runs = chunksOf(readable, chunk).flatMap((run) => isolate(run, suspect))
  for (const run of runs) await fetchRun(desk, session, place, run, absent, outcome)
  return [...absent]
}

function isSpoiled({ folder }: FeedPlace, uid: number): boolean {
  return folder.suspectUid === uid && folder.suspectTries >= triesPerMail
}

function isolate(run: MailHead[], suspect: number | null): MailHead[][] {
  const at = run.findIndex(({ uid }) => uid === suspect)
  if (at === -1) return [run]
  return [run.slice(0, at), run.slice(at, at + 1), run.slice(at + 1)].filter((part) => part.length > 0)
}

async function fetchRun(
  desk: Desk,
  session: MailStoreSession,
  place: FeedPlace,
  run: readonly MailHead[],
  absent: Set<number>,
  outcome: Outcome,
): Promise<void> {
  const heads = new Map(run.map((head) => [head.uid, head]))
  const filing = new Map<Promise<void>, number>()
  let failed: { error: unknown } | undefined
  const forget = async (done: Promise<void>) => {
    await done
    filing.delete(done)
  }
  const settled = async (bytes: number) => {
    while (filing.size > 0 && (filing.size >= together.count || sum(filing) + bytes > together.bytes))
      await Promise.race(filing.keys())
  }
  const take = async (head: MailHead, raw: Uint8Array): Promise<void> => {
    try {
      await takeMail(desk, place, head, raw)
      absent.delete(head.uid)
      outcome.read++
    } catch (error) {
      failed ??= { error }
    }
  }
  let awaited = run[0]?.uid ?? null
  try {
    for await (const { uid, raw } of session.mails([...heads.keys()])) {
      const head = heads.get(uid)
      if (!head || !absent.has(uid)) continue
      awaited = run.find((other) => other.uid > uid)?.uid ?? null
      // What answers another mail may answer one that is still being filed.
      if (head.answers) await Promise.all(filing.keys())
      else await settled(raw.byteLength)
      if (failed) break
      const done = take(head, raw)
      filing.set(done, raw.byteLength)
      void forget(done)
    }
  } catch (error) {
    if (awaited !== null) await suspect(desk, place, awaited)
    throw error
  } finally {
    await Promise.all(filing.keys())
  }
  if (failed) throw failed.error
  if (place.folder.suspectUid !== null && heads.has(place.folder.suspectUid))
    place.folder = await setFolder(desk, place.folder, { suspectUid: null, suspectTries: 0 })
}

/** Remembers which mail was being fetched when the connection broke; the database may be away as well. */
async function suspect(desk: Desk, place: FeedPlace, uid: number): Promise<void> {
  const { folder } = place
  const tries = folder.suspectUid === uid ? folder.suspectTries + 1 : 1
  await setFolder(desk, folder, { suspectUid: uid, suspectTries: tries }).catch(() => {})
}

/** Names them, in the ledger once. */
async function noteMissing(
  desk: Desk,
  place: FeedPlace,
  uids: readonly number[],
  seen: Outcome['seen'],
): Promise<void> {
  if (uids.length === 0) return
  await desk.transaction(async (tx) => {
    const fresh = await insertMissing(
      tx,
      place.folder,
      uids.map((uid) => ({ uid, providerId: seen.get(uid) ?? null })),
    )
    const data = { ...folderFacts(place), count: fresh.length, first: fresh[0], last: fresh.at(-1) }
    if (fresh.length > 0) await tx.emit({ type: 'feed.mail_missing', data })
  })
}

function tooLarge(bytes: number): string {
  const mb = Math.ceil(bytes / 1024 / 1024)
  return `It is larger than 50 MB (${mb} MB) and was not fetched. Read it in the mailbox itself.`
}

function sum(filing: ReadonlyMap<unknown, number>): number {
  let bytes = 0
  for (const one of filing.values()) bytes += one
  return bytes
}
