import type { Desk } from '#server/desk.ts'
import { ownMailboxes, type OwnMailbox } from './own-addresses.ts'
import { mailboxesBehind } from './rules/own-mailboxes.ts'

/** The enabled mailboxes behind some recipient addresses; a plus part is ours to read and does not change whose it is. */
export async function mailboxesFor(desk: Desk, recipients: readonly string[]): Promise<OwnMailbox[]> {
  return amongMailboxes(await ownMailboxes(desk), recipients)
}

/** The same of mailboxes that were just read. */
export function amongMailboxes(own: readonly OwnMailbox[], recipients: readonly string[]): OwnMailbox[] {
  return mailboxesBehind(own, recipients)
}
