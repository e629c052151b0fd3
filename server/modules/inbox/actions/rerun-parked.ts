import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { isDatabaseAway } from '#platform/database-away.ts'
import { DeskError } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { endRerun, readRerun, saveRerunOutcome, startRerun, untriedItems } from '../store/reruns.ts'
import { rerunItem } from './rerun-item.ts'

const mostAtOnce = 5000

/** Notes which parked items are to be tried again, all or those of one reason, and has a job do it. */
export async function rerunParked(desk: Desk, reason: string | null): Promise<Id<'rrn'>> {
  return desk.transaction(async (tx) => {
    const id = newId('rrn', tx.now())
    const total = await startRerun(tx, id, reason, mostAtOnce)
    if (total === 0)
      throw new DeskError('conflict', reason ? 'Nothing is parked for this reason any more.' : 'Nothing is parked.')
    await tx.emit({ type: 'custody.rerun_started', data: { rerunId: id, total } })
    await tx.enqueue({ name: 'inbox.rerun_parked', payload: { rerunId: id } })
    return id
  })
}

/** Tries the items of a re-run that were not tried yet, one after the other. Safe to take up again after a crash. */
export async function runRerun(desk: Desk, id: Id<'rrn'>): Promise<void> {
  const run = await readRerun(desk, id)
  if (!run || run.endedAt) return
  const { actorKind: kind, actorId } = run
  // In the ledger it is done by who asked for it.
  const asker = desk.as({ ...desk.actor, kind, id: actorId })
  for (let items = await untriedItems(desk, id); items.length > 0; items = await untriedItems(desk, id))
    for (const item of items) await saveRerunOutcome(desk, id, item.place, await tryAgain(asker, item.itemId))
  await endRerun(desk, id)
}

/** What went wrong, in words; null where it was tried. An item that somebody else has tried meanwhile was tried. */
async function tryAgain(desk: Desk, itemId: Id<'itm'>): Promise<string | null> {
  try {
    await rerunItem(desk, itemId)
    return null
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    if (error instanceof DeskError) return error.code === 'conflict' ? null : error.message
    desk.log.error({ error, itemId: uuidOf(itemId) }, 'a parked mail could not be tried again')
    return 'It could not be tried because of a fault in the desk; its log says which.'
  }
}
