import type { Id } from '#contract/ids.ts'
import { messagesOf, standing } from '#contract/ticket-history.ts'
import type { MovedMessage } from '#contract/ticket-events.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { messagesIn } from '../correcting/chosen-messages.ts'
import { lockTickets } from '../correcting/lock-tickets.ts'
import { mergeAway } from '../correcting/merge-away.ts'
import { settleProposals } from '../correcting/settle-proposals.ts'
import { rebuildTicket, stateWithout } from '../correcting/rebuild-ticket.ts'
import { showLast } from '../correcting/show-last.ts'
import { readHistory } from '../correcting/ticket-history.ts'
import { record } from '../record.ts'
import { markUndone, readCorrection, type StoredCorrection } from '../store/corrections.ts'
import { moveDrafts, moveMessageRows } from '../store/move-messages.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { readCorrectionView } from '../views/correction-rows.ts'
import { restoreSender } from '../correcting/restore-sender.ts'
import { settleAttention } from './settle-attention.ts'

/**
 * Undoes a correction: its messages, people, links and drafts go back, and its lines of the ledger stop counting, so that
 * status, tags and clocks stand as if it had never been. The ledger keeps both. What a split had made ends merged back.
 */
export async function undoCorrection(desk: Desk, id: Id<'cor'>): Promise<void> {
  await desk.transaction(async (tx) => {
    // Seen before anything is locked, so that an unknown one and one that may not be seen are answered alike.
    await readCorrectionView(tx, id)
    const correction = await readCorrection(tx, id)
    if (!correction) throw notFound('correction')
    const ids = [correction.ticketId, correction.otherId].flatMap((ticket) => ticket ?? [])
    const tickets = await lockTickets(tx, ids)
    const { whyNotUndone } = await readCorrectionView(tx, id)
    if (whyNotUndone) throw new DeskError('conflict', `This cannot be undone. ${whyNotUndone}`)
    await markUndone(tx, id)
    await putBack(tx, correction, tickets)
  })
}

async function putBack(
  desk: Desk,
  correction: StoredCorrection,
  tickets: ReadonlyMap<Id<'tkt'>, LockedTicket>,
): Promise<void> {
  const { kind, undo, ticketId, otherId } = correction
  const ticket = tickets.get(ticketId) as LockedTicket
  const other = otherId ? tickets.get(otherId) : undefined
  if (kind === 'sender') {
    await restoreSender(desk, ticket, correction)
    await sayUndone(desk, correction, ticket)
    return showLast(desk, ticketId)
  }
  if (!other) return
  const late = kind === 'split' ? await saidSince(desk, correction, other) : []
  const messageIds = [...new Set([...undo.messageIds, ...late.map(({ id }) => id)])]
  await moveMessageRows(desk, messageIds, ticketId)
  if (kind === 'merge')
    await moveDrafts(desk, other.id, ticketId, {
      agentIds: undo.draftAgentIds ?? [],
      unchangedSince: correction.createdAt,
    })
  if (kind === 'split') await moveDrafts(desk, other.id, ticketId)
  await dropPeopleAndLinks(desk, correction)
  await sayUndone(desk, correction, ticket, late)
  if (kind === 'split') await settleProposals(desk, messageIds, 'open')
  if (kind === 'split') await mergeAway(desk, other, ticketId, { messageIds })
  else await sayUndone(desk, correction, other)
  for (const { id } of [ticket, other]) {
    await showLast(desk, id)
    await settleAttention(desk, id)
  }
}

async function sayUndone(
  desk: Desk,
  { id, kind, undo }: StoredCorrection,
  ticket: LockedTicket,
  messages: MovedMessage[] = [],
): Promise<void> {
  const voids = undo.events[ticket.id] ?? []
  const status = (await stateWithout(desk, ticket.id, voids))?.status ?? ticket.status
  ticket.status = status
  const data = { correctionId: id, kind, voids, status, ...(messages.length > 0 ? { messages } : {}) }
  await record(desk, ticket, [{ type: 'correction.undone', data }])
  await rebuildTicket(desk, ticket.id)
}

/** Notes and automatic mail of a split-off ticket that came after the split; they go back with the rest. */
async function saidSince(desk: Desk, { undo }: StoredCorrection, other: LockedTicket): Promise<MovedMessage[]> {
  const all = await messagesIn(desk, other.id)
  const known = messagesOf(standing(await readHistory(desk, other.id)))
  return all.flatMap(({ id }) => (undo.messageIds.includes(id) ? [] : known.filter((message) => message.id === id)))
}

async function dropPeopleAndLinks(desk: Desk, { id, kind, ticketId, otherId }: StoredCorrection): Promise<void> {
  await desk.connection.query({
    name: 'drop-corrected-people',
    text: 'delete from ticket_participants where ticket_id = any($1::uuid[]) and correction_id = $2',
    values: [[ticketId, otherId].flatMap((ticket) => (ticket ? [uuidOf(ticket)] : [])), uuidOf(id)],
  })
  if (kind === 'split')
    await desk.connection.query({
      name: 'drop-split-link',
      text: `delete from ticket_links where ticket_id = $2 and other_id = $1 and kind = 'split'`,
      values: [uuidOf(ticketId), otherId && uuidOf(otherId)],
    })
}
