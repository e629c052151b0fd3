import { describe, expect, it } from 'vitest'
import { decideAuthority, type AuthorityInput } from './authority.ts'

const now = 1_800_000_000_000
const sender = {
  value: 'ann@acme.io',
  verified: 'dmarc' as const,
  auth: { spf: 'pass', dkim: 'pass', dmarc: 'pass' },
  signedIn: false,
}
const base: AuthorityInput = { sender, link: { owner: 'contact', state: 'confirmed' }, now }
const auth = (dmarc: string, dkim = 'none', aligned = false) => ({ spf: 'none', dkim, dmarc, aligned })

const cases: [string, Partial<AuthorityInput>, string, string | null, string][] = [
  [
    'their own billing, DMARC',
    {},
    'full',
    null,
    'The mail is from ann@acme.io by DMARC. The billing customer is their own.',
  ],
  ['signed in', { sender: { ...sender, auth: undefined, signedIn: true } }, 'full', null, 'Wrote while signed in.'],
  [
    'signed by its domain, which has no DMARC',
    { sender: { ...sender, auth: auth('none', 'pass', true) } },
    'full',
    null,
    'signed by the domain',
  ],
  [
    'signed by another domain',
    { sender: { ...sender, auth: auth('none', 'pass', false) } },
    'none',
    'code',
    'not known',
  ],
  [
    'verified once, but this message unknown',
    { sender: { ...sender, verified: 'code', auth: auth('unknown') } },
    'none',
    'code',
    'not known',
  ],
  ['DMARC failed', { sender: { ...sender, auth: auth('fail', 'pass', true) } }, 'none', 'code', 'failed DMARC'],
  [
    "a teammate's word",
    { sender: { ...sender, verified: 'agent', auth: auth('unknown') } },
    'disclose_only',
    'code',
    'told, not changed',
  ],
  [
    'account admin',
    { link: { owner: 'account', state: 'confirmed' }, accountRole: 'admin' },
    'full',
    null,
    'admin role',
  ],
  [
    'account billing role',
    { link: { owner: 'workspace', state: 'confirmed' }, accountRole: 'billing' },
    'full',
    null,
    'billing role',
  ],
  [
    'account member',
    { link: { owner: 'account', state: 'confirmed' }, accountRole: 'member' },
    'none',
    'code',
    'no admin or billing role',
  ],
  ['account, no role', { link: { owner: 'account', state: 'confirmed' } }, 'none', 'code', 'no admin or billing role'],
  [
    'member with a code',
    {
      link: { owner: 'account', state: 'confirmed' },
      accountRole: 'member',
      code: { sentTo: 'billing@acme.io', at: now - 1000 },
    },
    'full',
    null,
    'Read back the code',
  ],
  [
    'code too old',
    { sender: null, code: { sentTo: 'billing@acme.io', at: now - 25 * 3_600_000 } },
    'none',
    'code',
    'Nobody has written',
  ],
  ['not linked', { link: null }, 'none', 'lead_override', 'No billing customer is linked'],
  ['link only proposed', { link: { owner: 'contact', state: 'proposed' } }, 'none', 'code', 'only proposed'],
  [
    'link rejected, even with a code',
    { link: { owner: 'contact', state: 'rejected' }, code: { sentTo: 'x@y.io', at: now } },
    'none',
    'lead_override',
    'No billing customer',
  ],
  [
    'override',
    { link: null, sender: null, override: { byName: 'Lea', reason: 'known by phone', at: now } },
    'full',
    null,
    'Lea vouched for the requester: known by phone',
  ],
]

describe('who may have billing disclosed or changed', () => {
  it.each(cases)('%s', (_, over, level, needs, how) => {
    const decision = decideAuthority({ ...base, ...over })
    expect(decision).toMatchObject({ level, needs })
    expect(decision.how).toContain(how)
  })
})
