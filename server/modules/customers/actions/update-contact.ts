import { eq } from 'drizzle-orm'
import type { updateContact as endpoint } from '#contract/customers.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { isTimeZone } from '../rules/time-zone.ts'
import { accounts, contacts } from '../tables.ts'

export type ContactChange = BodyOf<typeof endpoint>

/** Changes what an agent knows about a contact. Joining an account by hand takes its segment unless one is given. */
export async function updateContact(desk: Desk, id: Id<'con'>, change: ContactChange): Promise<void> {
  await desk.transaction(async (tx) => {
    const [contact] = await tx.db.select().from(contacts).where(eq(contacts.id, id)).for('update')
    if (!contact) throw notFound('contact')
    if (change.timeZone && !isTimeZone(change.timeZone))
      throw new DeskError('invalid_request', 'body.timeZone: is not an IANA time zone such as Europe/Berlin.')
    const account = change.accountId ? await accountById(tx, change.accountId) : undefined
    const changed = {
      ...change,
      ...(account && !change.segment ? { segment: account.segment } : {}),
    }
    const fields = (Object.keys(changed) as (keyof typeof changed)[]).filter(
      (field) => changed[field] !== undefined && changed[field] !== contact[field],
    )
    if (fields.length === 0) return
    await tx.db
      .update(contacts)
      .set({ ...changed, updatedAt: tx.now() })
      .where(eq(contacts.id, id))
    await tx.emit({
      type: 'contact.changed',
      contactId: id,
      accountId: changed.accountId ?? contact.accountId,
      data: { fields },
    })
  })
}

async function accountById(desk: Desk, id: Id<'acc'>) {
  const [account] = await desk.db.select().from(accounts).where(eq(accounts.id, id))
  if (!account) throw notFound('account')
  return account
}
