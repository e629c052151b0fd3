import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyMail, type AutoMail } from './auto-mail.ts'
import { facts } from './mail-facts.fixture.ts'
import { decideThread, type ThreadInput, type ThreadMatch, type ThreadTicket } from './threading.ts'

const now = Temporal.Instant.from('2025-03-31T12:00:00Z')
const ago = (days: number) => now.subtract({ hours: 24 * days })
const classify = (...given: Parameters<typeof facts>) =>
  classifyMail(facts(...given), { ownAddresses: ['support@desk.example'], ownMessageId: false })
const human = classify()
const bounce = classify({}, { partTypes: ['message/delivery-status'] })
const autoReply = classify({}, { autoSubmitted: 'auto-replied' })
const list = classify({}, { listId: '<l.example>' })
const own = classify({ from: { address: 'support@desk.example', name: '' } })

const ticket = (change: Partial<ThreadTicket> = {}): ThreadTicket => ({
  ticketId: 'tkt_a',
  number: 41,
  mailboxId: 'box_a',
  status: 'open',
  subject: 'Charged twice',
  participants: ['Ada@example.org'],
  accountDomains: [],
  ...change,
})
const match = (via: ThreadMatch['via'], change: Partial<ThreadTicket> = {}, key = `${via}@x`): ThreadMatch => ({
  via,
  key,
  ticket: ticket(change),
})
const decide = (matches: ThreadMatch[], change: Partial<ThreadInput> = {}) =>
  decideThread({
    mail: { from: 'ada@example.org', subject: 'Re: Charged twice' },
    classification: human,
    mailboxId: 'box_a',
    matches,
    settings: { closedAfterDays: 14 },
    now,
    ...change,
  })

describe('rule 1: one mailbox', () => {
  it('a mail that answers nothing opens a ticket', () => {
    expect(decide([])).toMatchObject({ action: 'new', disposition: 'ticketed', rule: 1, code: 'no_match' })
  })
  it('a ticket of another mailbox is named, not joined', () => {
    const decision = decide([match('own_message_id', { mailboxId: 'box_b', ticketId: 'tkt_b' })])
    expect(decision).toMatchObject({ action: 'new', code: 'other_mailbox' })
    expect(decision.alternatives).toEqual([
      {
        via: 'own_message_id',
        key: 'own_message_id@x',
        ticketId: 'tkt_b',
        why: 'Its ticket belongs to another mailbox.',
      },
    ])
  })
})

describe('rules 2 and 3: what matched first', () => {
  it('a signed id counts for more than any header', () => {
    const decision = decide([
      match('references', { ticketId: 'tkt_r' }),
      match('in_reply_to', { ticketId: 'tkt_i' }),
      match('own_message_id', { ticketId: 'tkt_o' }),
    ])
    expect(decision).toMatchObject({ action: 'append', ticketId: 'tkt_o', rule: 2, matchedKey: 'own_message_id@x' })
    expect(decision.alternatives.map((other) => other.ticketId)).toEqual(['tkt_i', 'tkt_r'])
  })
  it('a signed reply address counts for more than In-Reply-To', () => {
    expect(
      decide([match('in_reply_to', { ticketId: 'tkt_i' }), match('reply_address', { ticketId: 'tkt_p' })]),
    ).toMatchObject({ ticketId: 'tkt_p', rule: 2 })
  })
  it('In-Reply-To counts for more than References, and the newest reference first', () => {
    expect(decide([match('references', { ticketId: 'tkt_r' }), match('in_reply_to')])).toMatchObject({
      ticketId: 'tkt_a',
      rule: 3,
    })
    expect(
      decide([
        match('references', { ticketId: 'tkt_new' }, 'new@x'),
        match('references', { ticketId: 'tkt_old' }, 'old@x'),
      ]),
    ).toMatchObject({ ticketId: 'tkt_new' })
  })
})

describe('rule 4: who may join', () => {
  it('a stranger who quotes an id gets a ticket of their own, linked', () => {
    const decision = decide([match('own_message_id')], {
      mail: { from: 'eve@evil.example', subject: 'Re: Charged twice' },
    })
    expect(decision).toMatchObject({
      action: 'new_linked',
      disposition: 'ticketed',
      rule: 4,
      code: 'stranger',
      linkedTicketId: 'tkt_a',
      link: 'possible_reply',
    })
    expect(decision.ticketId).toBeUndefined()
    expect(decision.reason).toBe(
      'It answers a Message-ID that we signed for this ticket, but eve@evil.example is not part of #41: a new ticket, linked as a possible reply.',
    )
  })
  it('a colleague from the confirmed domain of the account joins', () => {
    const mail = { from: 'Bob@Example.org', subject: 'Re: Charged twice' }
    expect(decide([match('in_reply_to', { accountDomains: ['example.org'] })], { mail }).action).toBe('append')
    expect(decide([match('in_reply_to', { accountDomains: ['ample.org'] })], { mail }).action).toBe('new_linked')
  })
  it('nobody joins without an address', () => {
    expect(
      decide([match('in_reply_to', { participants: [''], accountDomains: [''] })], { mail: { from: '', subject: '' } })
        .action,
    ).toBe('new_linked')
  })
})

describe('what becomes of the ticket', () => {
  it.each(['new', 'open', 'pending', 'on_hold'] as const)('%s takes it in', (status) => {
    expect(decide([match('in_reply_to', { status })])).toMatchObject({ action: 'append', disposition: 'appended' })
  })
  it('solved opens again', () => {
    expect(decide([match('in_reply_to', { status: 'solved', solvedAt: ago(13) })])).toMatchObject({
      action: 'reopen',
      disposition: 'appended',
      ticketId: 'tkt_a',
    })
  })
  it.each([
    ['closed', ago(1)],
    ['solved', ago(14)],
    ['solved', ago(400)],
  ] as const)('%s since %s gets a follow-up', (status, solvedAt) => {
    const decision = decide([match('in_reply_to', { status, solvedAt })])
    expect(decision).toMatchObject({ action: 'follow_up', linkedTicketId: 'tkt_a', link: 'follow_up' })
    expect(decision.ticketId).toBeUndefined()
  })
  it('the days are a setting', () => {
    expect(
      decide([match('in_reply_to', { status: 'solved', solvedAt: ago(13) })], { settings: { closedAfterDays: 7 } })
        .action,
    ).toBe('follow_up')
  })
  it('a new topic under an old thread is said', () => {
    const newText = 'The export of last month stops with an error, can you look?'
    expect(
      decide([match('in_reply_to')], { mail: { from: 'ada@example.org', subject: 'Export broken', newText } }),
    ).toMatchObject({ action: 'append', subjectChanged: true, ticketSubject: 'Charged twice' })
    expect(decide([match('in_reply_to')]).subjectChanged).toBe(false)
  })
})

describe('rule 6: mail that went to many', () => {
  it('a recipient who answers gets a ticket of their own, linked', () => {
    expect(decide([{ ...match('own_message_id'), broadcast: 'ours' }])).toMatchObject({
      action: 'new_linked',
      rule: 6,
      code: 'broadcast',
      link: 'broadcast',
      linkedTicketId: 'tkt_a',
    })
  })
  it('and writes on there', () => {
    const own = match('own_broadcast', { ticketId: 'tkt_own', answersBroadcast: true })
    expect(decide([{ ...match('own_message_id'), broadcast: 'ours' }, own])).toMatchObject({
      action: 'append',
      ticketId: 'tkt_own',
      rule: 6,
    })
  })
  it('where a colleague does not join by their domain', () => {
    const mail = { from: 'bob@example.org', subject: 'Re: Charged twice' }
    const change = { accountDomains: ['example.org'], answersBroadcast: true }
    expect(decide([match('in_reply_to', change)], { mail }).action).toBe('new_linked')
  })
  it('a machine that answers a broadcast is noted where it left from', () => {
    expect(decide([{ ...match('own_message_id'), broadcast: 'ours' }], { classification: autoReply })).toMatchObject({
      action: 'note',
      ticketId: 'tkt_a',
    })
  })
  it('only its own author writes on under a bulk mail', () => {
    const bulk = { ...match('in_reply_to', { requester: 'ada@example.org' }), broadcast: 'list' as const }
    expect(decide([bulk]).action).toBe('append')
    expect(decide([bulk], { mail: { from: 'bob@example.org', subject: '' } }).code).toBe('broadcast')
  })
})

describe('deleted tickets stay deleted', () => {
  it('an answer to one is a new ticket that says so', () => {
    const decision = decide([match('own_message_id', { deleted: true })])
    expect(decision).toMatchObject({ action: 'new', code: 'deleted' })
    expect(decision.reason).toBe('It answers #41, which was deleted and stays so: a new ticket.')
  })
  it('a machine that answers one comes to nothing', () => {
    expect(decide([match('reported', { deleted: true })], { classification: bounce }).action).toBe('suppress')
  })
})

it('whoever uses an address without proof belongs to no ticket', () => {
  const mail = { from: 'ada@example.org', subject: '', spoofed: true }
  expect(decide([match('own_message_id')], { mail })).toMatchObject({ action: 'new_linked', code: 'stranger' })
})

describe('what machines write', () => {
  it.each([
    ['a bounce', bounce],
    ['an automatic reply', autoReply],
  ])('%s is noted where it belongs and suppressed elsewhere', (_, classification) => {
    for (const status of ['open', 'solved', 'closed'] as const) {
      expect(
        decide([match('in_reply_to', { status })], {
          classification,
          mail: { from: 'mailer-daemon@mx.example', subject: 'failure' },
        }),
      ).toMatchObject({
        action: 'note',
        disposition: 'noted',
        ticketId: 'tkt_a',
      })
    }
    expect(decide([], { classification })).toMatchObject({ action: 'suppress', disposition: 'suppressed' })
  })
  it('a bounce is noted on the ticket of the mail that bounced', () => {
    expect(
      decide([match('in_reply_to', { ticketId: 'tkt_other' }), match('reported')], { classification: bounce }),
    ).toMatchObject({ action: 'note', ticketId: 'tkt_a', rule: 2 })
  })
  it('a person who forwards a bounce is not that bounce', () => {
    expect(decide([match('reported')])).toMatchObject({ action: 'new', code: 'no_match' })
  })
  it('our own mail comes to nothing, matched or not', () => {
    expect(decide([match('own_message_id')], { classification: own })).toMatchObject({
      action: 'suppress',
      code: 'own_mail',
    })
    expect(decide([], { classification: own })).toMatchObject({ action: 'suppress', code: 'own_alone' })
  })
  it('a mailing list may open a ticket and write on, but reopens nothing', () => {
    expect(decide([], { classification: list })).toMatchObject({ action: 'new', mayAnswer: false })
    expect(decide([match('in_reply_to')], { classification: list }).action).toBe('append')
    expect(decide([match('in_reply_to', { status: 'solved' })], { classification: list }).action).toBe('note')
    expect(decide([match('in_reply_to', { status: 'closed' })], { classification: list }).action).toBe('note')
  })
})

describe('of any mail and any matches', () => {
  const tickets = fc.record({
    ticketId: fc.constantFrom('tkt_1', 'tkt_2', 'tkt_3'),
    number: fc.nat(99),
    mailboxId: fc.constantFrom('box_a', 'box_b', null),
    status: fc.constantFrom(
      'new' as const,
      'open' as const,
      'pending' as const,
      'on_hold' as const,
      'solved' as const,
      'closed' as const,
    ),
    solvedAt: fc.option(fc.nat(40).map(ago)),
    subject: fc.constantFrom('Charged twice', 'Other'),
    participants: fc.subarray(['ada@example.org', 'bob@shop.example', 'eve@evil.example']),
    accountDomains: fc.subarray(['example.org', 'shop.example']),
  })
  const matches = fc.array(
    fc.record({
      via: fc.constantFrom(
        'own_message_id' as const,
        'reply_address' as const,
        'in_reply_to' as const,
        'references' as const,
        'reported' as const,
      ),
      key: fc.string(),
      ticket: tickets,
    }),
    { maxLength: 6 },
  )
  const classifications = fc.constantFrom<AutoMail>(human, bounce, autoReply, list, own)
  const inputs = fc.record({
    mail: fc.record({ from: fc.constantFrom('ada@example.org', 'eve@evil.example', ''), subject: fc.string() }),
    classification: classifications,
    matches,
  })

  it('the decision keeps the promises of the policy', () => {
    fc.assert(
      fc.property(inputs, ({ mail, classification, matches }) => {
        const decision = decide(matches, { mail, classification })
        const chosen = matches.find(({ ticket }) => ticket.ticketId === decision.ticketId)
        expect(decision.reason).toMatch(/^[A-Z#].*\.$/s)
        if (!classification.mayOpen) expect(['note', 'suppress']).toContain(decision.action)
        if (!classification.mayReopen) expect(['reopen', 'follow_up']).not.toContain(decision.action)
        if (!classification.mayAnswer) expect(decision.mayAnswer).toBe(false)
        if (decision.ticketId)
          expect(
            matches.some(({ ticket }) => ticket.ticketId === decision.ticketId && ticket.mailboxId === 'box_a'),
          ).toBe(true)
        if (decision.action === 'append' || decision.action === 'reopen') {
          expect(chosen).toBeDefined()
          const allowed = matches
            .filter(({ ticket }) => ticket.ticketId === decision.ticketId)
            .some(
              ({ ticket }) =>
                ticket.participants.includes(mail.from) ||
                ticket.accountDomains.includes(mail.from.split('@')[1] ?? '?'),
            )
          expect(allowed).toBe(true)
        }
        expect(['new', 'new_linked', 'follow_up'].includes(decision.action)).toBe(decision.disposition === 'ticketed')
      }),
      { numRuns: 2_000 },
    )
  })

  it('keys of other mailboxes change nothing but the reason', () => {
    fc.assert(
      fc.property(inputs, matches, ({ mail, classification, matches }, others) => {
        const foreign = others.map((other) => ({ ...other, ticket: { ...other.ticket, mailboxId: 'box_b' } }))
        const { action, ticketId, linkedTicketId } = decide(matches, { mail, classification })
        expect(decide([...foreign, ...matches], { mail, classification })).toMatchObject({
          action,
          ...(ticketId ? { ticketId } : {}),
          ...(linkedTicketId ? { linkedTicketId } : {}),
        })
      }),
    )
  })
})
