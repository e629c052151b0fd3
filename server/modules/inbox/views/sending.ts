import type { DkimKey, Sender } from '#contract/sending.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { domainOf } from '../rules/address.ts'
import { dkimRecord } from '../rules/dkim-record.ts'
import { readDkimKeys, type StoredDkimKey } from '../store/dkim-keys.ts'
import { readSender } from '../store/senders.ts'
import { readMailbox } from './list-mailboxes.ts'

/** How a mailbox sends. Never with its password. */
export async function viewSender(desk: Desk, mailboxId: Id<'box'>): Promise<Sender> {
  await readMailbox(desk, mailboxId)
  const { displayName, server, password, bounceDomain } = await readSender(desk, mailboxId)
  return { mailboxId, displayName, server: server && { ...server, hasPassword: password !== null }, bounceDomain }
}

/** The keys of all sending domains, and the domains that may have one. */
export async function listDkim(desk: Desk): Promise<{ domains: string[]; items: DkimKey[] }> {
  const [mailboxes, keys] = [await ownMailboxes(desk), await readDkimKeys(desk)]
  return { domains: [...new Set(mailboxes.map(({ address }) => domainOf(address)))], items: keys.map(presentKey) }
}

export async function readDkim(desk: Desk, domain: string, selector: string): Promise<DkimKey> {
  const key = (await readDkimKeys(desk)).find((one) => one.domain === domain && one.selector === selector)
  if (!key) throw notFound('key')
  return presentKey(key)
}

function presentKey(key: StoredDkimKey): DkimKey {
  const { domain, selector, algorithm, enabled, problem } = key
  return {
    domain,
    selector,
    algorithm,
    record: dkimRecord(key),
    enabled,
    retired: key.retiredAt !== null,
    checkedAt: key.checkedAt?.toString() ?? null,
    problem,
    createdAt: key.createdAt.toString(),
  }
}
