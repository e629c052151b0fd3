import { setImmediate as breathe } from 'node:timers/promises'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readAfter, type FollowedEvent } from '#platform/ledger/follow.ts'
import { ticketFacts } from '../rules/facts.ts'
import { foldedTo, lockCursor, readCursor, saveCursor, saveFacts } from '../store.ts'
import { figureEvents, readTicketEvents } from '../ticket-events.ts'

const batch = 1000
/** Tickets folded in one go: few enough that other requests hardly notice. */
const together = 100

type How = {
  /** Wait while somebody else folds, or leave it to them. */
  wait: boolean
  batches?: number
}

/** Folds what is new in the ledger, a batch per transaction, until nothing is left or `batches` are done. True when all is folded. */
export async function followLedger(desk: Desk, { wait, batches = Number.POSITIVE_INFINITY }: How): Promise<boolean> {
  for (let done = 0; done < batches; done++) {
    if (!(await hasNews(desk))) return true
    if (!(await foldBatch(desk, wait))) return false
  }
  return !(await hasNews(desk))
}

/** Without a lock or a write, so that reading a report costs nothing when nothing has happened. */
async function hasNews(desk: Desk): Promise<boolean> {
  return (await readAfter(desk.connection, await readCursor(desk), 1)).length > 0
}

async function foldBatch(desk: Desk, wait: boolean): Promise<boolean> {
  return desk.transaction(async (tx) => {
    const position = await lockCursor(tx, wait)
    if (!position) return false
    const events = await readAfter(tx.connection, position, batch)
    const last = events.at(-1)
    if (!last) return true
    const behind = await ticketsBehind(tx, events)
    for (let at = 0; at < behind.length; at += together) {
      await foldTickets(tx, behind.slice(at, at + together))
      await breathe()
    }
    await saveCursor(tx, last.position)
    return true
  })
}

/** Tickets with a line among these that is not folded yet; after a long absence most of them are, by an earlier line. */
async function ticketsBehind(desk: Desk, events: readonly FollowedEvent[]): Promise<Id<'tkt'>[]> {
  const latest = new Map<Id<'tkt'>, number>()
  for (const { type, ticketId, position } of events)
    if (ticketId && figureEvents.includes(type)) latest.set(ticketId as Id<'tkt'>, position.seq)
  const folded = await foldedTo(desk, [...latest.keys()])
  return [...latest].filter(([ticketId, seq]) => (folded.get(ticketId) ?? 0) < seq).map(([ticketId]) => ticketId)
}

/** A ticket is folded anew from its whole ledger: that is short, and right however often it is done. */
async function foldTickets(desk: Desk, ticketIds: readonly Id<'tkt'>[]): Promise<void> {
  const histories = await readTicketEvents(desk.connection, ticketIds)
  const folded = [...histories.values()].flatMap((history) => {
    const facts = ticketFacts(history)
    return facts ? [{ facts, seq: history.at(-1)?.seq ?? 0 }] : []
  })
  await saveFacts(desk, folded)
}
