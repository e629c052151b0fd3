import type { Desk } from '#server/desk.ts'
import { wakeBackfill, wakeMirror } from '../job-names.ts'
import { mirrorKinds, type MirrorKind } from '../ports.ts'
import { afterPage, type Backfill, type CopyReason } from '../rules/backfill-place.ts'
import { readConnection, saveBackfill, saveCompared } from '../store/connection.ts'
import { hintOtherVersions } from '../store/mirror-version.ts'
import { keepRead, nextMark } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

/** Pages a run reads before it makes way for others. */
const pages = 20

/** Copies everything Stripe has, page by page; each page is kept together with its place, so that a crash repeats one page. */
export async function backfill(desk: Desk): Promise<void> {
  const { payments } = desk.ports
  const known = (await readConnection(desk, payments.account)).backfill
  if (known?.done) return
  let place = known ?? (await beginCopy(desk, 'first'))
  for (let page = 0; page < pages && !place.done; page++) place = await readPage(desk, place)
  if (!place.done) await desk.enqueue(wakeBackfill(payments.account))
}

/** Begins a copy of everything; one that was made before stays readable while it is replaced object by object. */
export async function beginCopy(desk: Desk, because: CopyReason): Promise<Backfill> {
  const { payments } = desk.ports
  const { comparedUpTo } = await readConnection(desk, payments.account)
  // From the first copy on the list of events tells what changes meanwhile; a later one must not skip what is not compared yet.
  const newest = comparedUpTo === null ? ((await payments.events(0, null)).newest ?? 0) : null
  const place: Backfill = {
    stage: mirrorKinds[0],
    cursor: null,
    read: 0,
    done: false,
    because,
    startedAt: desk.now().toString(),
    apiVersion: payments.apiVersion,
  }
  await desk.transaction(async (tx) => {
    if (newest !== null) await saveCompared(tx, payments.account, newest)
    await saveBackfill(tx, payments.account, place)
    await tx.emit({ type: 'mirror.copy_started', data: { because, account: payments.account } })
    await tx.enqueue(wakeBackfill(payments.account))
  })
  return place
}

async function readPage(desk: Desk, place: Backfill): Promise<Backfill> {
  const { payments } = desk.ports
  const kind = place.stage as MirrorKind
  const mark = await nextMark(desk)
  const { items, next } = await payments.list(kind, {}, place.cursor)
  const following = afterPage(place, mirrorKinds, items.length, next)
  await desk.transaction(async (tx) => {
    const kept = await keepRead(
      tx,
      payments.account,
      items.map((object) => ({ kind, id: object.id, mark, object })),
    )
    await followUp(tx, kept, { lists: false })
    await saveBackfill(tx, payments.account, following)
    if (following.done) await finish(tx, following)
  })
  return following
}

async function finish(desk: Desk, { read }: Backfill): Promise<void> {
  const { account } = desk.ports.payments
  await desk.connection.query(
    `update mirror_objects set listed_at = $2
     where stripe_account = $1 and kind = 'customer' and listed_at is null and data is not null`,
    [account, desk.now().toString()],
  )
  // What no list shows, such as what hangs on a deleted customer, is read one by one.
  if ((await hintOtherVersions(desk, account)) > 0) await desk.enqueue(wakeMirror(account))
  await desk.emit({ type: 'mirror.copied', data: { read, account } })
}
