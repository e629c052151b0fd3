/** How far a folder has been read; UIDs are of its present epoch. */
export type FolderMark = {
  uidValidity: number
  epoch: number
  firstOpenedAt: Temporal.Instant
  startUid: number
  nextUid: number
  olderNext: number | null
  olderSince: Temporal.Instant | null
}

export type FolderPlan = { change: 'none' | 'first' | 'renumbered' | 'older' | 'no_older'; mark: FolderMark }

/** A server whose clock is behind ours must not hide a mail that came just after we first looked. */
const clockMargin = { hours: 1 }

/**
 * What an opened folder means for how far it has been read. Another UIDVALIDITY, or numbers that went back, is a folder
 * numbered anew: nothing known of its UIDs holds, so all that came since it was first opened (and all that was wanted from
 * before) is gone through again; custody then knows what was there already.
 */
export function planFolder(
  known: FolderMark | null,
  opened: { uidValidity: number; uidNext: number },
  since: Temporal.Instant | null,
  now: Temporal.Instant,
): FolderPlan {
  const { uidValidity, uidNext } = opened
  const from = { startUid: uidNext, nextUid: uidNext }
  if (!known) {
    const older = { olderNext: since ? 1 : null, olderSince: since }
    return { change: 'first', mark: { uidValidity, epoch: 0, firstOpenedAt: now, ...from, ...older } }
  }
  if (known.uidValidity !== uidValidity || uidNext < known.nextUid) {
    const olderSince = earliest(known.firstOpenedAt.subtract(clockMargin), known.olderSince, since)
    const epoch = known.epoch + 1
    const { firstOpenedAt } = known
    return { change: 'renumbered', mark: { uidValidity, epoch, firstOpenedAt, ...from, olderNext: 1, olderSince } }
  }
  if (since && (!known.olderSince || Temporal.Instant.compare(since, known.olderSince) < 0))
    return { change: 'older', mark: { ...markOf(known), olderNext: 1, olderSince: since } }
  // After a renumbering the older part holds mail of ours, whatever is wanted of the past.
  if (!since && known.olderSince && known.epoch === 0)
    return { change: 'no_older', mark: { ...markOf(known), olderNext: null, olderSince: null } }
  return { change: 'none', mark: markOf(known) }
}

function markOf(known: FolderMark): FolderMark {
  const { uidValidity, epoch, firstOpenedAt, startUid, nextUid, olderNext, olderSince } = known
  return { uidValidity, epoch, firstOpenedAt, startUid, nextUid, olderNext, olderSince }
}

function earliest(first: Temporal.Instant, ...others: (Temporal.Instant | null)[]): Temporal.Instant {
  return others.reduce<Temporal.Instant>(
    (least, one) => (one && Temporal.Instant.compare(one, least) < 0 ? one : least),
    first,
  )
}

/** Whether a mail lay in the folder before it was connected: it is filed, and nobody is written to because of it. */
export function isHistory(mark: FolderMark, mail: { uid: number; arrivedAt: Temporal.Instant | null }): boolean {
  if (mail.uid >= mark.startUid) return false
  if (mark.epoch === 0 || !mail.arrivedAt) return true
  return Temporal.Instant.compare(mail.arrivedAt, mark.firstOpenedAt) < 0
}

/** Whether a mail of the older part is wanted; one without a time is. */
export function isWanted(mark: FolderMark, mail: { uid: number; arrivedAt: Temporal.Instant | null }): boolean {
  if (mail.uid >= mark.startUid) return true
  if (!mark.olderSince) return false
  return !mail.arrivedAt || Temporal.Instant.compare(mail.arrivedAt, mark.olderSince) >= 0
}

export const firstWindow = 2000
const widest = 500_000

/** How many UIDs to ask for next: more where there was nothing, fewer where there was much. */
export function nextWindow(width: number, found: number): number {
  if (found === 0) return Math.min(widest, width * 4)
  return found > firstWindow ? Math.max(firstWindow, Math.floor(width / 4)) : width
}

/** Cuts mails into runs that are fetched at once: so many and no more bytes, but at least one. */
export function chunksOf<T extends { size: number }>(
  mails: readonly T[],
  limits: { count: number; bytes: number },
): T[][] {
  const chunks: T[][] = []
  let bytes = 0
  for (const mail of mails) {
    const last = chunks.at(-1)
    bytes += mail.size
    if (last && last.length < limits.count && bytes <= limits.bytes) last.push(mail)
    else {
      chunks.push([mail])
      bytes = mail.size
    }
  }
  return chunks
}
