import { describe, expect, test } from 'vitest'
import { feedEnvelope } from './feed-envelope.ts'
import { mailboxHealth, type FeedFacts } from './feed-health.ts'
import { reconnectAfterMs } from './feed-pace.ts'
import { decideSent } from './sent-mail.ts'
import type { ThreadMatch } from './threading.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the envelope of a stored mail', () => {
  const support = { address: 'support@desk.test', aliases: ['help@desk.test', '@old.test'], enabled: true }
  const sales = { address: 'sales@desk.test', aliases: ['sales@old.test'], enabled: true }
  const of = (header: string) =>
    feedEnvelope(bytes(`${header}\r\n\r\nTo: somebody@else.test\r\n`), support, [support, sales])
  test('keeps the plus part that names a ticket, from where the server noted it', () => {
    expect(of('Delivered-To: Support+u1.abc@desk.test\r\nTo: undisclosed-recipients:;').to).toEqual([
      'support+u1.abc@desk.test',
    ])
    expect(of('X-Original-To: support@desk.test\r\nCc: "A" <support+x@desk.test>, eve@acme.test').to).toEqual([
      'support@desk.test',
      'support+x@desk.test',
    ])
  })
  test('knows the mailbox by its aliases and catch-all as well, and leaves others theirs', () => {
    expect(of('Delivered-To: Help+u1.abc@desk.test').to).toEqual(['help+u1.abc@desk.test'])
    expect(of('To: anybody@old.test, sales@old.test, sales@desk.test').to).toEqual(['anybody@old.test'])
  })
  test('is the mailbox itself where the header names it nowhere', () => {
    expect(of('To: sales@desk.test').to).toEqual(['support@desk.test'])
  })
  test('knows the null return path of a report', () => {
    expect(of('Return-Path: <>').from).toBe('')
    expect(of('Return-Path: <ann@acme.test>').from).toBe('ann@acme.test')
  })
  test('is from the mail’s own sender where no return path is kept, which is no null return path', () => {
    expect(of('From: "Ann, of Acme" <ann@acme.test>').from).toBe('ann@acme.test')
    expect(of('Sender: bot@acme.test\r\nFrom: ann@acme.test').from).toBe('bot@acme.test')
    expect(of('Subject: none').from).toBe('')
  })
})

describe('a mail in the Sent folder', () => {
  const ticket = { ticketId: 'tkt_1', mailboxId: 'box_1' } as ThreadMatch['ticket']
  const match: ThreadMatch = { via: 'in_reply_to', key: 'a@b', ticket }
  const input = { mailboxId: 'box_1', own: null, isFiled: false, matches: [] }
  test('of ours settles a delivery that nobody could know about, and only such a one', () => {
    const own = (delivery: string | null) => decideSent({ ...input, own: { messageId: 'msg_1', delivery } })
    expect(own('unknown')).toMatchObject({ outcome: 'own', settles: true })
    for (const state of ['sent', 'queued', 'handing_over', 'failed', 'bounced', null])
      expect(own(state)).toMatchObject({ outcome: 'own', settles: false })
  })
  test('is a reply where it answers a ticket of this mailbox, once', () => {
    expect(decideSent({ ...input, matches: [match] })).toMatchObject({ outcome: 'reply', ticketId: 'tkt_1' })
    expect(decideSent({ ...input, matches: [match], isFiled: true }).outcome).toBe('known')
    expect(decideSent({ ...input, mailboxId: 'box_2', matches: [match] })).toMatchObject({ code: 'other_mailbox' })
    expect(decideSent(input)).toMatchObject({ outcome: 'other', code: 'answers_nothing' })
  })
})

test('a broken connection is made again soon and then more slowly; a refused sign-in is not hammered at', () => {
  expect([1, 2, 3, 7, 60].map((n) => reconnectAfterMs(n, false))).toEqual([1000, 2000, 4000, 60_000, 60_000])
  expect([1, 2, 5].map((n) => reconnectAfterMs(n, true))).toEqual([30_000, 60_000, 300_000])
})

describe('the health of a mailbox', () => {
  const now = Temporal.Instant.from('2026-11-02T09:00:00Z')
  const mailbox = { enabled: true, lastReceivedAt: now }
  const good: FeedFacts = {
    paused: false,
    lastSuccessAt: now.subtract({ seconds: 30 }),
    failingSince: null,
    error: null,
    waiting: 0,
    olderLeft: null,
    missing: 0,
    unlisted: 0,
  }
  test.each<[string, Partial<FeedFacts>, RegExp]>([
    ['ok', {}, /every mail/i],
    ['paused', { paused: true, failingSince: now }, /paused/],
    ['failing', { failingSince: now, error: 'Nothing answers at a on port 1.' }, /Nothing answers/],
    ['starting', { lastSuccessAt: null }, /first time/],
    ['late', { lastSuccessAt: now.subtract({ minutes: 6 }) }, /five minutes/],
    ['drift', { missing: 1, waiting: 9 }, /^1 mail on the server could not be read\.$/],
    ['drift', { missing: 2, unlisted: 3 }, /^2 mails .* and the server announced 3 mails more/],
    ['catching_up', { waiting: 1200 }, /1200 mails to be read/],
    ['catching_up', { olderLeft: 17 }, /17 mails of the past/],
  ])('is %s and says why', (state, facts, words) => {
    const health = mailboxHealth(mailbox, { ...good, ...facts }, now)
    expect(health.state).toBe(state)
    expect(health.sentence).toMatch(words)
    expect(health.advice === null).toBe(['ok', 'starting', 'catching_up'].includes(state))
  })
  test('without IMAP tells how mail comes, and what to do when none has', () => {
    expect(mailboxHealth(mailbox, null, now)).toMatchObject({ state: 'smtp', advice: null })
    expect(mailboxHealth({ ...mailbox, lastReceivedAt: null }, null, now).advice).toMatch(/MX/)
    expect(mailboxHealth({ ...mailbox, enabled: false }, good, now).state).toBe('off')
  })
})
