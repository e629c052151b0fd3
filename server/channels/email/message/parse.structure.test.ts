import { describe, expect, it } from 'vitest'
import { mail, multipart, raw, read } from './mail.fixture.ts'

describe('text and HTML', () => {
  it('of an alternative are both kept', async () => {
    const message = await read(
      multipart('alternative', [
        ['Content-Type: text/plain', '', 'Hello'],
        ['Content-Type: text/html', '', '<p>Hello</p>'],
      ]),
    )
    expect([message.text.trim(), message.html?.trim(), message.textFromHtml]).toEqual(['Hello', '<p>Hello</p>', false])
  })

  it('HTML alone gives the text too', async () => {
    const html =
      '<style>p{color:red}</style><h1>Hi</h1><p>Twice &amp; again</p><a href="https://shop.example/x">this</a><script>no()</script>'
    const message = await read(mail({ 'Content-Type': 'text/html' }, html))
    expect(message.textFromHtml).toBe(true)
    expect(message.text).toBe('Hi\n\nTwice & again\n\nthis [https://shop.example/x]')
  })

  it('an empty text part beside HTML counts as none', async () => {
    const message = await read(
      multipart('alternative', [
        ['Content-Type: text/plain', '', ' '],
        ['Content-Type: text/html', '', '<p>Hello</p>'],
      ]),
    )
    expect(message.text).toBe('Hello')
  })

  it('several text parts are joined', async () => {
    const message = await read(
      multipart('mixed', [
        ['Content-Type: text/plain', '', 'One'],
        ['Content-Type: text/plain', '', 'Two'],
      ]),
    )
    expect(message.text).toMatch(/One\s+Two/)
  })
})

describe('attachments', () => {
  it('that the HTML shows are inline, the others are not', async () => {
    const message = await read(
      multipart('related', [
        ['Content-Type: text/html', '', '<img src="cid:logo@x">'],
        [
          'Content-Type: image/png; name=logo.png',
          'Content-ID: <logo@x>',
          'Content-Transfer-Encoding: base64',
          '',
          'iVBORw==',
        ],
        ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=a.pdf', '', '%PDF'],
      ]),
    )
    expect(message.attachments.map(({ name, inline, contentId, size }) => ({ name, inline, contentId, size }))).toEqual(
      [
        { name: 'logo.png', inline: true, contentId: 'logo@x', size: 4 },
        { name: 'a.pdf', inline: false, contentId: undefined, size: 5 },
      ],
    )
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\Users\\\\ada\\\\report.doc', 'report.doc'],
    ['.htaccess', 'htaccess'],
    ['in<v>oice|.pdf', 'in_v_oice_.pdf'],
    [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(196)}.pdf`],
    ['', 'part-1'],
  ])('named %j are called %j', async (name, expected) => {
    const message = await read(
      multipart('mixed', [
        ['Content-Type: application/pdf', `Content-Disposition: attachment; filename="${name}"`, '', 'x'],
      ]),
    )
    expect(message.attachments[0]?.name).toBe(expected)
  })

  it('cannot turn their name around with direction marks', async () => {
    const message = await read(
      multipart('mixed', [
        [
          'Content-Type: application/octet-stream',
          "Content-Disposition: attachment; filename*=utf-8''invoice%E2%80%AEfdp.exe",
          '',
          'x',
        ],
      ]),
    )
    expect(message.attachments[0]?.name).toBe('invoicefdp.exe')
  })

  it('of winmail and S/MIME are kept whole', async () => {
    const message = await read(
      multipart('mixed', [
        ['Content-Type: text/plain', '', 'Hello'],
        ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', '', 'eJ8+IgAA'],
        [
          'Content-Type: application/pkcs7-signature; name=smime.p7s',
          'Content-Transfer-Encoding: base64',
          '',
          'MIAGCSqG',
        ],
      ]),
    )
    expect(message.attachments.map((file) => [file.name, file.type, file.size])).toEqual([
      ['winmail.dat', 'application/ms-tnef', 6],
      ['smime.p7s', 'application/pkcs7-signature', 6],
    ])
  })

  it('that are the whole mail are kept too', async () => {
    const message = await read(
      mail(
        { 'Content-Type': 'application/pkcs7-mime; name=smime.p7m', 'Content-Transfer-Encoding': 'base64' },
        'MIAGCSqG',
      ),
    )
    expect([message.text, message.attachments.length]).toEqual(['', 1])
  })
})

it('a name cannot hide signs or turn around', async () => {
  const message = await read(
    mail(
      {
        From: '"\u202egro.knab@oec\u202c \u200bSup\u00adport Z\u0301\u0301\u0301\u0301\u0301\u0301algo" <eve@x.example>',
      },
      'x',
    ),
  )
  expect(message.from.name).toBe('gro.knab@oec Support Ź\u0301\u0301\u0301algo')
})

describe('a forwarded mail', () => {
  const inner = raw(
    'From: Bank <b@bank.example>',
    'Subject: Notice',
    'Message-ID: <inner@bank.example>',
    '',
    'Your card was charged.',
  )

  it('stays an attachment, its words are not the sender’s', async () => {
    const message = await read(
      multipart('mixed', [
        ['Content-Type: text/plain', '', 'See below.'],
        ['Content-Type: message/rfc822', '', inner],
      ]),
    )
    expect(message.text.trim()).toBe('See below.')
    expect(message.attachments.map((file) => [file.name, file.type])).toEqual([['Notice.eml', 'message/rfc822']])
    expect([message.subject, message.providerId, message.report]).toEqual([
      'Charged twice',
      'one@example.org',
      undefined,
    ])
  })

  it('is named after its subject, however that is written', async () => {
    const named = async (subject: string) =>
      (await read(multipart('mixed', [['Content-Type: message/rfc822', '', `Subject: ${subject}`, '', 'x']])))
        .attachments[0]?.name
    expect(await named('=?iso-8859-1?Q?M=E4rz/April?=')).toBe('März-April.eml')
    expect(await named('=?iso-8859-1?Q?M=E4rz?=\r\n =?iso-8859-1?Q?_2025?=')).toBe('März 2025.eml')
    expect(await named('')).toBe('mail-1.eml')
  })

  it('that is all of the mail can be read in it', async () => {
    const message = await read(multipart('mixed', [['Content-Type: message/rfc822', '', inner]]))
    expect(message.text).toBe(
      '---------- Forwarded message ---------\nFrom: Bank <b@bank.example>\nSubject: Notice\n\nYour card was charged.\n\n',
    )
    expect([message.segments.map(({ kind }) => kind), message.attachments.length]).toEqual([['reply'], 1])
  })

  it('inside another one stays whole', async () => {
    const outer = raw('From: Bob <bob@x.example>', 'Content-Type: message/rfc822', '', inner)
    const message = await read(multipart('mixed', [['Content-Type: message/rfc822', '', outer]]))
    expect(Buffer.from(message.attachments[0]!.content).toString()).toContain('Your card was charged.')
  })
})

describe('reports', () => {
  const status = [
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; ada@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1',
    ' no such user',
  ]
  const returned = [
    'Content-Type: message/rfc822',
    '',
    'From: support@desk.example',
    'Message-ID: <ours@desk.example>',
    '',
    'Hello',
  ]

  it('of delivery name the mail and the reason', async () => {
    const message = await read(
      multipart('report; report-type=delivery-status', [
        ['Content-Type: text/plain', '', 'Sorry.'],
        ['Content-Type: message/delivery-status', '', ...status],
        returned,
      ]),
    )
    expect(message.report).toEqual({
      kind: 'delivery_status',
      originalMessageIds: ['ours@desk.example'],
      recipient: 'ada@example.org',
      action: 'failed',
      status: '5.1.1',
      diagnostic: '550 5.1.1 no such user',
    })
    expect(message.headers.reportType).toBe('delivery-status')
  })

  it('of delivery with headers only name the mail', async () => {
    const message = await read(
      multipart('report; report-type=delivery-status', [
        ['Content-Type: message/delivery-status', '', ...status],
        ['Content-Type: text/rfc822-headers', '', 'Message-ID: <ours@desk.example>'],
      ]),
    )
    expect(message.report?.originalMessageIds).toEqual(['ours@desk.example'])
  })

  it('in prose name the mail', async () => {
    const message = await read(
      mail(
        { From: 'MAILER-DAEMON@mx.example.org', Subject: 'failure notice' },
        'Hi. This is the qmail-send program.',
        '',
        '<ada@example.org>:',
        '550 5.1.1 no such user',
        '',
        '--- Below this line is a copy of the message.',
        '',
        'Message-ID: <ours@desk.example>',
        'Subject: Re: x',
      ),
    )
    expect(message.report).toMatchObject({
      kind: 'prose',
      originalMessageIds: ['ours@desk.example'],
      status: '5.1.1',
      recipient: 'ada@example.org',
    })
  })

  it('of a complaint name the mail', async () => {
    const message = await read(
      multipart('report; report-type=feedback-report', [
        ['Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'Original-Rcpt-To: ada@example.org'],
        returned,
      ]),
    )
    expect(message.report).toMatchObject({
      kind: 'feedback_report',
      recipient: 'ada@example.org',
      originalMessageIds: ['ours@desk.example'],
    })
  })

  it('are not seen in the words of a customer', async () => {
    expect((await read(mail({}, 'My mail was not delivered, 5.1.1 it said.'))).report).toBeUndefined()
  })
})

it('reads the method of an invitation', async () => {
  const event = ['BEGIN:VCALENDAR', 'METHOD:REPLY', 'END:VCALENDAR']
  const named = await read(multipart('alternative', [['Content-Type: text/calendar; method=REQUEST', '', ...event]]))
  const unnamed = await read(multipart('mixed', [['Content-Type: text/calendar', '', ...event]]))
  expect([named.headers.calendarMethod, unnamed.headers.calendarMethod]).toEqual(['REQUEST', 'REPLY'])
})

it('reads the headers that the rules ask for', async () => {
  const message = await read(
    mail(
      {
        'Auto-Submitted': 'auto-replied; owner-email="a"',
        Precedence: 'Bulk',
        'List-Id': 'News <news.shop.example>',
        'List-Unsubscribe': '<mailto:u@x>',
        'X-Auto-Response-Suppress': 'All',
        'X-Autoreply': 'yes',
        'X-Failed-Recipients': 'a@b',
        'Return-Path': '<>',
      },
      'x',
    ),
  )
  expect(message.headers).toMatchObject({
    returnPath: '',
    autoSubmitted: 'auto-replied; owner-email="a"',
    precedence: 'Bulk',
    listId: 'News <news.shop.example>',
    listUnsubscribe: true,
    xAutoResponseSuppress: 'All',
    autoReplyMarks: ['x-autoreply'],
    bounceMarks: ['x-failed-recipients'],
  })
})
