import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { returnIdentity } from '#modules/customers/index.ts'
import { uuidOf } from '#platform/ids.ts'
import type { StoredCorrection } from '../store/corrections.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { addressOf, setSender } from './set-sender.ts'

/** Takes a change of sender back: the requester, the authors, the people, and the address if it had changed hands. */
export async function restoreSender(desk: Desk, ticket: LockedTicket, { id, undo }: StoredCorrection): Promise<void> {
  const { sender, messageIds } = undo
  if (!sender) return
  const from = sender.from as Id<'con'>
  const to = sender.to as Id<'con'>
  const accountId = sender.accountId as Id<'acc'> | null
  await setSender(desk, ticket, { id: from, accountId, segment: sender.segment }, messageIds, sender.authorNames)
  await desk.connection.query({
    name: 'drop-relinked-people',
    text: 'delete from ticket_participants where ticket_id = $1 and correction_id = $2',
    values: [uuidOf(ticket.id), uuidOf(id)],
  })
  const email = sender.identity && (await addressOf(desk, messageIds))
  if (email && sender.identity) await returnIdentity(desk, email, { from: to, to: from }, sender.identity)
}
