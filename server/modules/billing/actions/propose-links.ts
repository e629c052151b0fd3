import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import type { NewEvent } from '#platform/ledger/append.ts'
import { billingCustomerFacts } from '../rules/mirror-object.ts'
import { proposeLinks, type LinkInput } from '../rules/link-evidence.ts'
import { insertLinks, linksOfCustomers, type StoredLink } from '../store/links.ts'
import { readObjects } from '../store/mirror-read.ts'
import { customersFor, ownersFor, subjectsOf, type Pair } from '../views/link-candidates.ts'

/** Proposes owners for customers that were just mirrored; our own id in their metadata confirms. */
export async function matchCustomers(desk: Desk, customers: readonly string[]): Promise<number> {
  const { account } = desk.ports.payments
  return propose(desk, await ownersFor(desk, account, customers))
}

/** Proposes customers for a contact who was just met, or changed. */
export async function matchContact(desk: Desk, contactId: Id<'con'>): Promise<number> {
  return propose(desk, await customersFor(desk, desk.ports.payments.account, contactId))
}

async function propose(desk: Desk, pairs: readonly Pair[]): Promise<number> {
  if (pairs.length === 0) return 0
  const { account } = desk.ports.payments
  const ids = [...new Set(pairs.map(({ customer }) => customer))]
  const [{ ownerMetadataKey }, subjects, links, objects] = [
    await getSettings(desk),
    await subjectsOf(desk, pairs),
    await linksOfCustomers(desk, account, ids),
    await readObjects(desk, account, 'customer', ids),
  ]
  // What is only proposed may still be proposed on better evidence.
  const decided = links.filter(({ state }) => state !== 'proposed')
  const nobody: LinkInput['contact'] = { id: '', name: '', emails: [] }
  const proposals = pairs.flatMap((pair) => {
    const facts = billingCustomerFacts(objects.get(pair.customer))
    const contact = subjects.contacts.get(pair.contactId ?? '')
    const owner = subjects.accounts.get(pair.accountId ?? '')
    if (!facts.ok || (!contact && !owner)) return []
    return proposeLinks({
      contact: contact ?? nobody,
      ...(owner ? { account: owner } : {}),
      customers: [facts.facts],
      metadataKey: ownerMetadataKey,
      known: decided.map(({ owner, customer }) => ({ owner, customer })),
    })
  })
  if (proposals.length === 0) return 0
  return desk.transaction(async (tx) => {
    const added = await insertLinks(tx, account, proposals)
    if (added.length > 0) await tx.emit(...added.map(linkEvent))
    return added.length
  })
}

/** What the ledger says of a link in its present state. */
export function linkEvent(link: StoredLink): NewEvent {
  const { kind, id } = link.owner
  return {
    type: `link.${link.state}`,
    contactId: kind === 'contact' ? (id as Id<'con'>) : null,
    accountId: kind === 'account' ? (id as Id<'acc'>) : null,
    data: { linkId: link.id, customer: link.customer, owner: kind, evidence: link.evidence },
  }
}
