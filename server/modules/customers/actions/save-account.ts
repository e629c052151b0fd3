import { eq, inArray } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { isPublicMailDomain } from '../rules/public-mail.ts'
import { accountDomains, accounts } from '../tables.ts'

export type AccountInput = { name?: string; segment?: 'consumer' | 'enterprise'; domains?: string[] }

/** Adds a company. An agent's word confirms its domains, so that contacts who write from them join it from now on. */
export async function createAccount(desk: Desk, input: AccountInput & { name: string }): Promise<Id<'acc'>> {
  return desk.transaction(async (tx) => {
    const id = newId('acc', tx.now())
    const segment = input.segment ?? 'enterprise'
    await tx.db.insert(accounts).values({ id, name: input.name, segment, createdAt: tx.now(), updatedAt: tx.now() })
    await setDomains(tx, id, input.domains ?? [])
    await tx.emit({ type: 'account.created', accountId: id, data: { segment } })
    return id
  })
}

export async function updateAccount(desk: Desk, id: Id<'acc'>, input: AccountInput): Promise<void> {
  await desk.transaction(async (tx) => {
    const [account] = await tx.db.select().from(accounts).where(eq(accounts.id, id)).for('update')
    if (!account) throw notFound('account')
    if (Object.keys(input).length === 0) return
    const { domains, ...fields } = input
    await tx.db
      .update(accounts)
      .set({ ...fields, updatedAt: tx.now() })
      .where(eq(accounts.id, id))
    if (domains) await setDomains(tx, id, domains)
    await tx.emit({ type: 'account.changed', accountId: id, data: { fields: Object.keys(input) } })
  })
}

async function setDomains(desk: Desk, id: Id<'acc'>, domains: string[]): Promise<void> {
  const wanted = [...new Set(domains.map((domain) => domain.toLowerCase()))]
  const open = wanted.find(isPublicMailDomain)
  if (open)
    throw new DeskError(
      'invalid_request',
      `body.domains: ${open} is a public mail domain; anybody may have an address there.`,
    )
  if (wanted.length > 0) {
    const taken = await desk.db.select().from(accountDomains).where(inArray(accountDomains.domain, wanted))
    const other = taken.find((row) => row.accountId !== id)
    if (other) throw new DeskError('conflict', `${other.domain} already belongs to another account.`)
  }
  await desk.db.delete(accountDomains).where(eq(accountDomains.accountId, id))
  if (wanted.length > 0)
    await desk.db.insert(accountDomains).values(wanted.map((domain) => ({ domain, accountId: id, confirmed: true })))
}
