import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { isOurs } from '../rules/address.ts'
import { lockAddress, setAddress, setUnsubscribed } from '../store/mail-addresses.ts'

/** Holds mail back from an address because an agent knows better: it is wrong, or somebody wants no automatic mail. */
export async function suppressAddress(desk: Desk, input: { email: string; why: 'wrong' | 'unwanted' }): Promise<void> {
  await desk.transaction(async (tx) => {
    const own = await ownMailboxes(tx)
    const ownAddresses = own.map(({ address }) => address)
    if (isOurs(input.email, ownAddresses))
      throw new DeskError('invalid_request', 'body.email: that is one of our own addresses.')
    const known = await lockAddress(tx, input.email)
    if (input.why === 'unwanted') await setUnsubscribed(tx, input.email, true)
    else await setAddress(tx, input.email, { ...known, state: 'hard', reason: 'by_hand', status: null }, null)
    await tx.emit({ type: 'address.suppressed', data: { why: input.why } })
  })
}

/** An agent's word that an address may be written to again, whatever spoke against it. */
export async function liftSuppression(desk: Desk, email: string): Promise<void> {
  await desk.transaction(async (tx) => {
    const known = await lockAddress(tx, email)
    const clean = { state: 'ok', reason: null, status: null, softCount: 0, softSince: null } as const
    await setAddress(tx, email, { ...known, ...clean }, null)
    await setUnsubscribed(tx, email, false)
    await tx.emit({ type: 'address.restored', data: { by: 'agent' } })
  })
}

/** Somebody used the unsubscribe link of a mail to this address; doing it twice is doing it once. */
export async function unsubscribeAddress(desk: Desk, email: string): Promise<void> {
  await desk.transaction(async (tx) => {
    await lockAddress(tx, email)
    await setUnsubscribed(tx, email, true)
    await tx.emit({ type: 'address.unsubscribed', data: {} })
  })
}
