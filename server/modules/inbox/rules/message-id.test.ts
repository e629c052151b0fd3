import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeMessageId, makeReplyAddress, parseOwnMessageId, parseReplyAddress } from './message-id.ts'

const signWith = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('base64url')
const sign = signWith('one key')
const ids = fc.oneof(fc.uuid(), fc.stringMatching(/^[a-z][a-z0-9_]{0,29}$/))

describe('own message ids', () => {
  it('come back as the ticket and message they were made for, in any case and with brackets', () => {
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (ticketId, messageId, shout) => {
        const id = makeMessageId({ ticketId, messageId, domain: 'desk.example', sign })
        const seen = shout ? `<${id.toUpperCase()}>` : id
        expect(parseOwnMessageId(seen, sign)).toEqual({ ticketId, messageId })
        expect(id).toMatch(/^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9]{16}@desk\.example$/)
      }),
    )
  })

  it('mean nothing under another key', () => {
    fc.assert(
      fc.property(ids, ids, (ticketId, messageId) => {
        const id = makeMessageId({ ticketId, messageId, domain: 'desk.example', sign: signWith('another key') })
        expect(parseOwnMessageId(id, sign)).toBeNull()
      }),
    )
  })

  it('stop holding when any single character of the local part changes', () => {
    const ticketId = '0198c0de-7a11-7000-8000-000000000001'
    const id = makeMessageId({ ticketId, messageId: '0198c0de-7a11-7000-8000-000000000002', domain: 'd.example', sign })
    const length = id.indexOf('@')
    fc.assert(
      fc.property(fc.nat(length - 1), fc.constantFrom(...'abcxyz0189._'), (at, char) => {
        fc.pre(id[at] !== char)
        expect(parseOwnMessageId(id.slice(0, at) + char + id.slice(at + 1), sign)).toBeNull()
      }),
    )
  })

  it('cannot be built from the parts of two genuine ones', () => {
    const one = makeMessageId({ ticketId: 'tkt_a', messageId: 'msg_a', domain: 'd.example', sign })
    const two = makeMessageId({ ticketId: 'tkt_b', messageId: 'msg_b', domain: 'd.example', sign })
    const [message] = one.split('.')
    const [, ticket, signature] = two.split('.')
    expect(parseOwnMessageId(`${message}.${ticket}.${signature}`, sign)).toBeNull()
  })

  it('fit on one header line', () => {
    const uuid = '0198c0de-7a11-7000-8000-000000000001'
    const id = makeMessageId({ ticketId: uuid, messageId: uuid, domain: 'support.example.com', sign })
    expect(id.length).toBeLessThan(100)
  })

  it('never throw on what strangers write', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseOwnMessageId(text, sign)).toBeNull()
        expect(parseReplyAddress(text, sign)).toBeNull()
      }),
    )
  })
})

describe('reply addresses', () => {
  it('come back as the ticket, also when lower or upper cased', () => {
    fc.assert(
      fc.property(ids, (ticketId) => {
        const address = makeReplyAddress({ mailbox: 'support@example.com', ticketId, sign })
        expect(parseReplyAddress(address, sign)).toEqual({ ticketId })
        expect(parseReplyAddress(address.toUpperCase(), sign)).toEqual({ ticketId })
        expect(address.indexOf('@')).toBeLessThanOrEqual(64)
      }),
    )
  })

  it('are no message ids and message ids are no reply addresses', () => {
    const address = makeReplyAddress({ mailbox: 'support@example.com', ticketId: 'tkt_a', sign })
    expect(parseOwnMessageId(address, sign)).toBeNull()
    expect(parseReplyAddress('support+tkt_a@example.com', sign)).toBeNull()
    expect(parseReplyAddress('support@example.com', sign)).toBeNull()
  })
})
