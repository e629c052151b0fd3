import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContact } from '#modules/customers/index.ts'
import { notFound } from '#platform/errors.ts'
import { lockLink, putLinkByHand, setLinkState } from '../store/links.ts'
import { knowsCustomer } from '../store/mirror-read.ts'
import { linkEvent } from './propose-links.ts'

/** Links by an agent's word, which also overrules an earlier rejection. */
export async function createLink(
  desk: Desk,
  link: { contactId: Id<'con'>; customer: string; reason: string },
): Promise<Id<'lnk'>> {
  return desk.transaction(async (tx) => {
    await readContact(tx, link.contactId)
    if (!(await knowsCustomer(tx, tx.ports.payments.account, link.customer))) throw notFound('Stripe customer')
    const id = await putLinkByHand(tx, link)
    const made = await lockLink(tx, id)
    if (made) await tx.emit(linkEvent(made))
    return id
  })
}

/** Confirms or rejects; deciding the same twice changes nothing. A rejected pair is not proposed again. */
export async function decideLink(desk: Desk, id: Id<'lnk'>, state: 'confirmed' | 'rejected'): Promise<void> {
  await desk.transaction(async (tx) => {
    const link = await lockLink(tx, id)
    if (!link) throw notFound('billing link')
    if (link.state === state) return
    await setLinkState(tx, id, state)
    await tx.emit(linkEvent({ ...link, state }))
  })
}
