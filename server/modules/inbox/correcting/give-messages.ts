import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { changeStatus } from '../actions/change-status.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { record, type Happening } from '../record.ts'
import { moveMessageRows } from '../store/move-messages.ts'
import { addParticipants, type LockedTicket } from '../store/tickets.ts'
import type { ChosenMessage } from './chosen-messages.ts'
import { peopleOfMessages } from './people-of-messages.ts'
import { planMove, statusAfterGiven, type PlannedMove } from './plan-move.ts'

export type Given = {
  /** The correction that does it. */
  id: Id<'cor'>
  from: LockedTicket
  to: LockedTicket
  messages: readonly ChosenMessage[]
  /** It is the whole ticket that comes. */
  merged?: boolean
  /** What else happens to the receiving ticket with it. */
  also?: readonly Happening[]
}

/** Puts messages into a ticket that is there, with their people; resolves to what the ledger of that ticket says of it. */
export async function giveMessages(
  desk: Desk,
  { id, from, to, messages, merged, also = [] }: Given,
): Promise<{ plan: PlannedMove; events: Id<'evt'>[] }> {
  const messageIds = messages.map((message) => message.id)
  const plan = await planMove(desk, from, to, messageIds)
  await moveMessageRows(desk, messageIds, to.id)
  const own = (await ownMailboxes(desk)).map(({ address }) => address)
  await addParticipants(desk, to.id, peopleOfMessages(messages, own, null), id)
  const data = {
    correctionId: id,
    from: from.id,
    messages: plan.messages,
    owing: plan.got,
    ...(merged ? { merged } : {}),
  }
  const status = statusAfterGiven(to, plan)
  const changes = status ? await changeStatus(desk, to, status, 'corrected') : []
  const events = await record(desk, to, [{ type: 'messages.moved', data }, ...changes, ...also])
  return { plan, events }
}
