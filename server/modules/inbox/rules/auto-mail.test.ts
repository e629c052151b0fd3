import { describe, expect, it } from 'vitest'
import { classifyMail } from './auto-mail.ts'
import { facts } from './mail-facts.fixture.ts'

const context = { ownAddresses: ['support@desk.example'], ownMessageId: false }
const classify = (...given: Parameters<typeof facts>) => classifyMail(facts(...given), context)
const from = (address: string, name = '') => ({ from: { address, name } })
const never = { mayOpen: false, mayReopen: false, mayAnswer: false }

it('lets a person do everything', () => {
  expect(classify()).toMatchObject({ kind: 'human', mayOpen: true, mayReopen: true, mayAnswer: true })
})

describe('automatic replies open, reopen and cause nothing', () => {
  it.each([
    ['auto_submitted', {}, { autoSubmitted: 'auto-replied' }],
    ['auto_submitted', {}, { autoSubmitted: 'Auto-Replied; owner-email="ada@example.org"' }],
    ['auto_submitted', {}, { autoSubmitted: 'auto-generated' }],
    ['auto_submitted', {}, { autoSubmitted: 'auto-notified' }],
    ['auto_reply_header', {}, { autoReplyMarks: ['x-autoreply'] }],
    ['precedence', {}, { precedence: 'auto_reply' }],
    ['null_return_path', {}, { returnPath: '' }],
    ['read_receipt', {}, { contentType: 'multipart/report', reportType: 'disposition-notification' }],
    ...[
      [
        'Automatic reply: Charged twice',
        'Out of Office: Re: Charged twice',
        'Out of office',
        'Auto: away',
        'OOO: back on Monday',
      ],
      [
        'Automatische Antwort: Rechnung',
        'Abwesenheitsnotiz: bis Freitag',
        'Réponse automatique : Facture',
        'Respuesta automática: Factura',
      ],
      [
        'Risposta automatica: Fattura',
        'Resposta automática: Fatura',
        'Automatisch antwoord: Factuur',
        'Autosvar: Faktura',
        'Automaattinen vastaus: Lasku',
      ],
      [
        'Odpowiedź automatyczna: Faktura',
        'Автоответ: Счёт',
        '自動応答: 請求書',
        '自动答复: 发票',
        '자동 회신: 청구서',
        'Otomatik Yanıt: Fatura',
      ],
    ].flatMap((subjects) => subjects.map((subject) => ['subject', { subject }, {}] as const)),
  ] as const)('by %s %j %j', (code, change, headers) => {
    expect(classify(change, headers)).toMatchObject({ kind: 'auto_reply', code, ...never })
  })

  it.each([
    'Out of office replies do not work',
    'Auto renewal: cancel please',
    'Automatic reply setting missing',
    'Vacation refund',
    'Away message for my team',
  ])('but a person may write about them: %s', (subject) => {
    expect(classify({ subject }).kind).toBe('human')
  })

  it('and "Auto-Submitted: no" is a person', () => {
    expect(classify({}, { autoSubmitted: 'no' }).kind).toBe('human')
  })

  it('while a web form speaks for a person', () => {
    const form = { ...from('forms@web.example'), replyTo: [{ address: 'ada@example.org', name: 'Ada' }] }
    expect(classify(form, { autoSubmitted: 'auto-generated' })).toMatchObject({
      kind: 'human',
      code: 'form',
      mayOpen: true,
      mayAnswer: false,
    })
    expect(
      classify(
        { ...form, replyTo: [{ address: 'no-reply@web.example', name: '' }] },
        { autoSubmitted: 'auto-generated' },
      ).kind,
    ).toBe('auto_reply')
  })
})

describe('bounces', () => {
  it.each([
    ['delivery_report', {}, { contentType: 'multipart/report', reportType: 'delivery-status' }],
    ['delivery_report', {}, { partTypes: ['message/delivery-status'] }],
    ['bounce_header', {}, { bounceMarks: ['x-failed-recipients'] }],
    ['null_sender', { subject: 'Undelivered Mail Returned to Sender' }, { returnPath: '' }],
    ['null_sender', { text: 'Your message could not be delivered to one or more recipients.' }, { returnPath: '' }],
    ['null_sender', { ...from('MAILER-DAEMON@mx.example'), subject: 'x' }, { returnPath: '' }],
    ['mail_system', { ...from('postmaster@mx.example'), subject: 'x' }, {}],
    ['mail_system', { ...from('mx@mx.example', 'Mail Delivery Subsystem'), subject: 'x' }, {}],
    ['bounce_words', { ...from('noreply@mx.example'), subject: 'Mail delivery failed', text: '550 no such user' }, {}],
    ['notification', { ...from('no-reply@sns.example'), text: '{"notificationType":"Bounce","bounce":{}}' }, {}],
  ] as const)('by %s', (code, change, headers) => {
    expect(classify(change, headers)).toMatchObject({ kind: 'bounce', code, ...never })
  })

  it('are not seen in the words of a customer', () => {
    expect(classify({ subject: 'Mail delivery failed', text: 'I get 550 no such user when I write to you' }).kind).toBe(
      'human',
    )
    expect(classify({ subject: 'Undelivered' }).kind).toBe('human')
    const report = { kind: 'prose' as const, originalMessageIds: ['ours@desk.example'], status: '5.1.1' }
    const forwarded = { subject: 'Fwd: Undelivered mail', text: 'I got this: 550 no such user', report }
    expect(classify(forwarded, { partTypes: ['message/rfc822'] }).kind).toBe('human')
  })

  it('say whom and why where the report tells', () => {
    const report = {
      kind: 'delivery_status' as const,
      originalMessageIds: [],
      recipient: 'ada@example.org',
      status: '5.1.1',
    }
    expect(classify({ report }, { partTypes: ['message/delivery-status'] }).reason).toBe(
      'It is a delivery report about ada@example.org (5.1.1).',
    )
  })
})

it.each([
  [{ text: '{"notificationType":"Complaint","complaint":{}}' }, {}],
  [{}, { partTypes: ['message/feedback-report'] }],
  [{ subject: 'complaint about message from 192.0.2.1' }, { partTypes: ['message/rfc822'] }],
])('knows a complaint by %j %j', (change, headers) => {
  expect(classify(change, headers)).toMatchObject({ kind: 'feedback_report', ...never })
})

describe('our own mail', () => {
  it.each([
    [from('support@desk.example'), context],
    [from('Support+rtkt.0123456789abcdef@Desk.example'), context],
    [{}, { ...context, ownMessageId: true }],
  ])('comes to nothing: %j', (change, given) => {
    expect(classifyMail(facts(change), given)).toMatchObject({ kind: 'own', ...never })
  })

  it('is a bounce when it comes back as one', () => {
    expect(classify({ ...from('support@desk.example'), subject: 'Undelivered mail' }, { returnPath: '' }).kind).toBe(
      'bounce',
    )
  })
})

describe('mailing lists', () => {
  it.each([
    ['list_id', { listId: 'Friends of Ada <friends.example.org>' }],
    ['precedence', { precedence: 'bulk' }],
    ['precedence', { precedence: 'list' }],
    ['newsletter', { listUnsubscribe: true }],
  ])('by %s may open a ticket, but reopen and cause nothing', (code, headers) => {
    expect(classify({}, headers)).toMatchObject({
      kind: 'list',
      code,
      mayOpen: true,
      mayReopen: false,
      mayAnswer: false,
    })
  })

  it('that are our own group address bring people', () => {
    expect(classify({}, { listId: '<support.desk.example>', precedence: 'list', listUnsubscribe: true })).toMatchObject(
      { kind: 'human', mayAnswer: true },
    )
  })
})

describe('calendar mail', () => {
  it('that only accepts opens nothing', () => {
    expect(classify({ text: ' \n' }, { calendarMethod: 'REPLY' })).toMatchObject({ kind: 'calendar', ...never })
  })
  it('that invites or says more is for a person, without an answer of ours', () => {
    expect(classify({}, { calendarMethod: 'REPLY' })).toMatchObject({
      kind: 'calendar',
      mayOpen: true,
      mayAnswer: false,
    })
    expect(classify({ text: '' }, { calendarMethod: 'REQUEST' })).toMatchObject({
      kind: 'calendar',
      mayOpen: true,
      mayAnswer: false,
    })
  })
})

it.each([
  [{}, { xAutoResponseSuppress: 'All' }],
  [{}, { xAutoResponseSuppress: 'OOF, AutoReply' }],
  [from('no-reply@shop.example'), {}],
])('opens a ticket without answering: %j %j', (change, headers) => {
  expect(classify(change, headers)).toMatchObject({ kind: 'human', mayOpen: true, mayAnswer: false })
})
