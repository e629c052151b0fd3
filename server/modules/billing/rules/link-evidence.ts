import type { Verification } from '#contract/customers.ts'
import type { BillingCustomerFacts } from './facts.ts'
import { isPublicMailDomain } from './public-mail-domains.ts'

export type LinkOwner = { kind: 'contact' | 'account' | 'workspace'; id: string }

export type LinkInput = {
  contact: {
    id: string
    name: string
    /** E-mail identities with how each was verified. */
    emails: { value: string; verified: Verification }[]
  }
  account?: { id: string; name: string; domains: { domain: string; confirmed: boolean }[] }
  /** Workspaces of the contact or its account. */
  workspaces?: { id: string; name: string }[]
  customers: BillingCustomerFacts[]
  /** The setting that names the metadata key which carries our id. */
  metadataKey?: string
  /** Links that exist already, in any state: a rejected one is not proposed again. */
  known: { owner: LinkOwner; customer: string }[]
}

export type LinkProposal = {
  owner: LinkOwner
  customer: string
  state: 'proposed' | 'confirmed'
  strength: 'certain' | 'strong' | 'weak'
  evidence: 'metadata' | 'verified_email' | 'unverified_email' | 'domain' | 'name'
  /** Why, in words; shown wherever the link is. */
  reason: string
}

/** Who in Stripe this contact or account is, best evidence first, one proposal a pair. Only our own id in metadata confirms. */
export function proposeLinks(input: LinkInput): LinkProposal[] {
  const proposals = input.customers
    .filter((customer) => !customer.deleted)
    .flatMap((customer) => [
      ...byMetadata(customer, input),
      ...byEmail(customer, input),
      ...byDomain(customer, input),
      ...byName(customer, input),
    ])
  const taken = new Set(input.known.map((link) => pairOf(link.owner, link.customer)))
  const order: LinkProposal['strength'][] = ['certain', 'strong', 'weak']
  return [...proposals]
    .sort((a, b) => order.indexOf(a.strength) - order.indexOf(b.strength))
    .filter((proposal) => {
      const pair = pairOf(proposal.owner, proposal.customer)
      return !taken.has(pair) && taken.add(pair)
    })
}

function byMetadata(customer: BillingCustomerFacts, input: LinkInput): LinkProposal[] {
  const key = input.metadataKey ?? 'mainstay_owner'
  const owners: (LinkOwner & { name: string })[] = [
    { kind: 'contact', id: input.contact.id, name: input.contact.name },
    ...(input.account ? [{ kind: 'account' as const, id: input.account.id, name: input.account.name }] : []),
    ...(input.workspaces ?? []).map((workspace) => ({
      kind: 'workspace' as const,
      id: workspace.id,
      name: workspace.name,
    })),
  ]
  return owners
    .filter((owner) => customer.metadata[key] === owner.id)
    .map(({ name, ...owner }) => ({
      owner,
      customer: customer.id,
      state: 'confirmed',
      strength: 'certain',
      evidence: 'metadata',
      reason: `Stripe's metadata "${key}" names ${name}.`,
    }))
}

function byEmail(customer: BillingCustomerFacts, { contact }: LinkInput): LinkProposal[] {
  const same = contact.emails.find((email) => email.value.toLowerCase() === customer.email?.toLowerCase())
  if (!same) return []
  const base = { owner: { kind: 'contact', id: contact.id }, customer: customer.id, state: 'proposed' } as const
  if (same.verified === 'none')
    return [
      {
        ...base,
        strength: 'weak',
        evidence: 'unverified_email',
        reason: `Same address, ${same.value}, but it is not shown to be theirs.`,
      },
    ]
  return [
    {
      ...base,
      strength: 'strong',
      evidence: 'verified_email',
      reason: `Same address, ${same.value}, ${verifiedWords[same.verified]}.`,
    },
  ]
}

const verifiedWords: Record<Exclude<Verification, 'none'>, string> = {
  dmarc: 'verified by DMARC',
  signed_in: 'verified by signing in',
  code: 'verified by a code',
  agent: "theirs by a teammate's word",
}

function byDomain(customer: BillingCustomerFacts, { account }: LinkInput): LinkProposal[] {
  const domain = customer.email?.split('@')[1]?.toLowerCase()
  if (!account || !domain || isPublicMailDomain(domain)) return []
  if (!account.domains.some((owned) => owned.confirmed && owned.domain.toLowerCase() === domain)) return []
  const reason = `The billing address ${customer.email} is at ${domain}, a confirmed domain of ${account.name}.`
  return [
    {
      owner: { kind: 'account', id: account.id },
      customer: customer.id,
      state: 'proposed',
      strength: 'weak',
      evidence: 'domain',
      reason,
    },
  ]
}

/** A company's name only: people share theirs. */
function byName(customer: BillingCustomerFacts, { account }: LinkInput): LinkProposal[] {
  if (
    !account ||
    !customer.name ||
    bareName(customer.name) !== bareName(account.name) ||
    bareName(account.name).length < 3
  )
    return []
  const reason = `The billing name "${customer.name}" is like ${account.name}.`
  return [
    {
      owner: { kind: 'account', id: account.id },
      customer: customer.id,
      state: 'proposed',
      strength: 'weak',
      evidence: 'name',
      reason,
    },
  ]
}

/** Lower case without punctuation and legal forms: "Acme, GmbH" is "acme". */
function bareName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(inc|ltd|llc|gmbh|ag|sa|sas|sarl|bv|oy|ab|as|plc|corp|co|company|limited|srl|spa|kk|pty)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function pairOf(owner: LinkOwner, customer: string): string {
  return `${owner.kind} ${owner.id} ${customer}`
}
