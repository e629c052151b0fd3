import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { bounceAddress, parseBounceAddress } from './bounce-address.ts'
import { makeReplyAddress, parseReplyAddress } from './message-id.ts'

const sign = (text: string) => createHmac('sha256', 'key').update(text).digest('base64url')
const otherSign = (text: string) => createHmac('sha256', 'other').update(text).digest('base64url')
const messageId = '01890a5d-ac96-774b-bcce-b302099a8057'
const mailbox = 'support@example.com'

test('a bounce address names its message, in whatever case it comes back', () => {
  const address = bounceAddress({ mailbox, messageId, sign }) ?? ''
  expect(address).toMatch(/^support\+bu[0-9a-z]{25}\.[0-9a-z]{16}@example\.com$/)
  for (const back of [address, address.toUpperCase(), `<${address}>`])
    expect(parseBounceAddress(back, sign)).toEqual({ messageId })
})

test('a domain of its own takes the whole local part', () => {
  const address = bounceAddress({ mailbox, messageId, bounceDomain: 'bounce.example.com', sign }) ?? ''
  expect(address).toMatch(/^bu[0-9a-z]{25}\.[0-9a-z]{16}@bounce\.example\.com$/)
  expect(parseBounceAddress(address, sign)).toEqual({ messageId })
})

test('nobody can make one up, and a reply address is none', () => {
  const address = bounceAddress({ mailbox, messageId, sign }) ?? ''
  expect(parseBounceAddress(address, otherSign)).toBeNull()
  expect(parseBounceAddress(address.replace('+bu0', '+bu1'), sign)).toBeNull()
  expect(parseBounceAddress('support+bob.smith@example.com', sign)).toBeNull()
  for (const plain of ['support@example.com', 'bob@example.com', '', '+b.@', 'b.x'])
    expect(parseBounceAddress(plain, sign)).toBeNull()
  const reply = makeReplyAddress({ mailbox, ticketId: messageId, sign })
  expect(parseBounceAddress(reply, sign)).toBeNull()
  expect(parseReplyAddress(address, sign)).toBeNull()
})

test('a mailbox whose name leaves no room has no bounce address', () => {
  const long = `${'a'.repeat(30)}@example.com`
  expect(bounceAddress({ mailbox: long, messageId, sign })).toBeNull()
  expect(bounceAddress({ mailbox: long, messageId, bounceDomain: 'b.example.com', sign })).not.toBeNull()
})
