import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultRecipients } from './reply-recipients.ts'

const who = (address: string, name = '') => ({ address, name })
const ownAddresses = ['support@desk.example', 'billing@desk.example']
const requester = who('ada@example.org', 'Ada')

it('answers the sender and keeps the others in copy, without ourselves', () => {
  const last = {
    direction: 'inbound' as const,
    from: requester,
    to: [who('support@desk.example'), who('cfo@example.org')],
    cc: [who('ADA@example.org'), who('billing+rtkt.aaaaaaaaaaaaaaaa@desk.example'), who('bob@example.org', 'Bob')],
  }
  expect(defaultRecipients({ last, requester, ownAddresses })).toMatchObject({
    to: [requester],
    cc: [who('cfo@example.org'), who('bob@example.org', 'Bob')],
    code: 'from',
  })
})

it('answers where Reply-To asks, and does not copy the From address', () => {
  const last = {
    direction: 'inbound' as const,
    from: who('form@web.example'),
    replyTo: [requester],
    to: [who('support@desk.example')],
    cc: [],
  }
  expect(defaultRecipients({ last, requester, ownAddresses })).toMatchObject({
    to: [requester],
    cc: [],
    code: 'reply_to',
  })
})

it('does not answer itself when Reply-To is one of our own addresses', () => {
  const last = {
    direction: 'inbound' as const,
    from: requester,
    replyTo: [who('Support@desk.example')],
    to: [],
    cc: [],
  }
  expect(defaultRecipients({ last, requester, ownAddresses }).to).toEqual([requester])
})

it('writes to the same people again when we wrote last', () => {
  const last = { direction: 'outbound' as const, to: [who('cfo@example.org')], cc: [who('bob@example.org')] }
  expect(defaultRecipients({ last, requester, ownAddresses })).toMatchObject({ to: last.to, cc: last.cc })
})

it('goes to the requester when there is no mail', () => {
  expect(defaultRecipients({ requester, ownAddresses }).to).toEqual([requester])
})

it('never names an address twice nor one of ours', () => {
  const address = fc.constantFrom(
    'ada@example.org',
    'Ada@Example.org',
    'support@desk.example',
    'b@x.example',
    'c@x.example',
  )
  const list = fc.array(
    address.map((value) => who(value)),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(address, list, list, list, (from, replyTo, to, cc) => {
      const result = defaultRecipients({
        last: { direction: 'inbound', from: who(from), replyTo, to, cc },
        requester,
        ownAddresses,
      })
      const all = [...result.to, ...result.cc].map((entry) => entry.address.toLowerCase())
      expect(new Set(all).size).toBe(all.length)
      expect(all).not.toContain('support@desk.example')
      expect(result.to.length).toBeGreaterThan(0)
    }),
  )
})
