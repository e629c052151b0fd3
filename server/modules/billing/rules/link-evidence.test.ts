import { describe, expect, it } from 'vitest'
import type { BillingCustomerFacts } from './facts.ts'
import { proposeLinks, type LinkInput } from './link-evidence.ts'

const customer = (over: Partial<BillingCustomerFacts>): BillingCustomerFacts => ({
  id: 'cus_1',
  balance: 0,
  created: 0,
  deleted: false,
  metadata: {},
  ...over,
})
const base: LinkInput = {
  contact: { id: 'con_ann', name: 'Ann Rivera', emails: [{ value: 'Ann@acme.io', verified: 'dmarc' }] },
  account: {
    id: 'acc_acme',
    name: 'Acme GmbH',
    domains: [
      { domain: 'acme.io', confirmed: true },
      { domain: 'acme.dev', confirmed: false },
    ],
  },
  workspaces: [{ id: 'wsp_eu', name: 'Acme EU' }],
  customers: [],
  known: [],
}
const propose = (over: Partial<BillingCustomerFacts>, input: Partial<LinkInput> = {}) =>
  proposeLinks({ ...base, customers: [customer(over)], ...input }).map((link) => [
    link.owner.id,
    link.state,
    link.strength,
    link.evidence,
  ])

describe('who is who in Stripe', () => {
  it('confirms only by our own id in metadata', () => {
    expect(propose({ metadata: { mainstay_owner: 'con_ann' } })).toEqual([
      ['con_ann', 'confirmed', 'certain', 'metadata'],
    ])
    expect(propose({ metadata: { mainstay_owner: 'wsp_eu' } })).toEqual([
      ['wsp_eu', 'confirmed', 'certain', 'metadata'],
    ])
    expect(propose({ metadata: { owner: 'acc_acme' } }, { metadataKey: 'owner' })).toEqual([
      ['acc_acme', 'confirmed', 'certain', 'metadata'],
    ])
    expect(propose({ metadata: { mainstay_owner: 'con_bob' } })).toEqual([])
  })

  it('proposes by address, strongly when it is verified, and says why', () => {
    const [link] = proposeLinks({ ...base, account: undefined, customers: [customer({ email: 'ann@ACME.io' })] })
    expect(link).toMatchObject({
      state: 'proposed',
      strength: 'strong',
      reason: 'Same address, Ann@acme.io, verified by DMARC.',
    })
    const contact = { ...base.contact, emails: [{ value: 'ann@acme.io', verified: 'none' as const }] }
    expect(propose({ email: 'ann@acme.io' }, { contact, account: undefined })).toEqual([
      ['con_ann', 'proposed', 'weak', 'unverified_email'],
    ])
  })

  it('proposes a company by confirmed domain and by name, weakly', () => {
    expect(propose({ email: 'billing@acme.io' })).toEqual([['acc_acme', 'proposed', 'weak', 'domain']])
    expect(propose({ email: 'billing@acme.dev' })).toEqual([])
    expect(propose({ name: 'ACME, Inc.' })).toEqual([['acc_acme', 'proposed', 'weak', 'name']])
    expect(propose({ name: 'Ann Rivera' })).toEqual([])
  })

  it('never by a public mail domain, confirmed or not', () => {
    const account = { ...base.account!, domains: [{ domain: 'gmail.com', confirmed: true }] }
    expect(propose({ email: 'someone@gmail.com' }, { account })).toEqual([])
    const contact = { ...base.contact, emails: [{ value: 'ann@gmail.com', verified: 'dmarc' as const }] }
    expect(propose({ email: 'ann@gmail.com' }, { account, contact })).toEqual([
      ['con_ann', 'proposed', 'strong', 'verified_email'],
    ])
  })

  it('proposes a pair once, by its best evidence, and never again when it is known', () => {
    const over = { email: 'ann@acme.io', name: 'Acme', metadata: { mainstay_owner: 'con_ann' } }
    expect(propose(over)).toEqual([
      ['con_ann', 'confirmed', 'certain', 'metadata'],
      ['acc_acme', 'proposed', 'weak', 'domain'],
    ])
    expect(propose(over, { known: [{ owner: { kind: 'contact', id: 'con_ann' }, customer: 'cus_1' }] })).toEqual([
      ['acc_acme', 'proposed', 'weak', 'domain'],
    ])
    expect(propose({ ...over, deleted: true })).toEqual([])
  })
})
