import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelope, mail, multipart, raw, read } from './mail.fixture.ts'
import { parseMail } from './parse.ts'

const nested = (depth: number) =>
  raw(
    'From: ada@example.org',
    ...Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}`),
    'Content-Type: text/plain',
    '',
    'deep',
  )

describe('a mail that lacks things', () => {
  it('an empty one is parked with the reason', async () => {
    expect(await parseMail(new Uint8Array(), envelope)).toEqual({ ok: false, reason: 'The mail is empty.' })
  })

  it.each([
    ['only line ends', raw('', '', '')],
    ['no headers at all', raw('', 'Hello?')],
    ['no body', raw('From: ada@example.org', 'Subject: x')],
    ['one byte', Buffer.from('x')],
    ['a header that never ends', Buffer.from(`Subject: ${'x'.repeat(500_000)}`)],
  ])('with %s is read', async (_, bytes) => {
    expect((await parseMail(bytes, envelope)).ok).toBe(true)
  })

  it('takes the sender from the envelope where From is missing', async () => {
    const message = await read(mail({ From: null }, 'x'))
    expect(message.from.address).toBe('ada@example.org')
    expect(message.warnings).toContain('It has no From header.')
  })

  it('takes the address from elsewhere where From has none', async () => {
    expect((await read(mail({ From: 'Ada Byron', Sender: 'ada@work.example' }, 'x'))).from).toEqual({
      name: 'Ada Byron',
      address: 'ada@work.example',
    })
  })

  it('has no provider id without a Message-ID', async () => {
    expect((await read(mail({ 'Message-ID': null }, 'x'))).providerId).toBeUndefined()
    expect((await read(mail({ 'Message-ID': '<>' }, 'x'))).providerId).toBeUndefined()
  })

  it.each(['yesterday', '', 'Thu, 31 Feb 99999 99:99:99 +0000'])('has no date when it says %j', async (date) => {
    expect((await read(mail({ Date: date }, 'x'))).sentAt).toBeUndefined()
  })
})

describe('a mail that has too much', () => {
  it('takes the first of headers that may come once', async () => {
    const message = await read(
      raw(
        'From: ada@example.org',
        'From: ceo@bank.example',
        'Subject: one',
        'Subject: two',
        'Message-ID: <a@x>',
        'Message-ID: <b@x>',
        '',
        'x',
      ),
    )
    expect([message.from.address, message.subject, message.providerId]).toEqual(['ada@example.org', 'one', 'a@x'])
    expect(message.warnings).toContain('It has 2 from headers; the first one counts.')
  })

  it('with 10,000 headers is read', async () => {
    const message = await read(
      raw(
        'From: ada@example.org',
        ...Array.from({ length: 10_000 }, (_, n) => `X-Header-${n}: ${'v'.repeat(60)}`),
        'Subject: found',
        '',
        'Hello',
      ),
    )
    expect([message.subject, message.text.trim()]).toEqual(['found', 'Hello'])
    expect(message.warnings.join()).toContain('10002 headers')
  })

  it('with more headers than any mail needs is parked with the reason', async () => {
    const outcome = await parseMail(
      raw('From: ada@example.org', ...Array.from({ length: 60_000 }, (_, n) => `X-${n}: ${'v'.repeat(60)}`), '', 'x'),
      envelope,
    )
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('header size') })
  })

  it('nested fifty deep is read, a thousand deep is parked', async () => {
    expect((await read(nested(50))).text.trim()).toBe('deep')
    expect(await parseMail(nested(1_000), envelope)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('nesting'),
    })
  })

  it('with thousands of parts is read or parked in bounded time', async () => {
    const parts = (count: number) =>
      multipart(
        'mixed',
        Array.from({ length: count }, () => ['Content-Type: application/pdf', '', 'x']),
      )
    expect((await read(parts(900))).attachments).toHaveLength(900)
    expect(await parseMail(parts(3_000), envelope)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('attachments'),
    })
    expect(await parseMail(parts(30_000), envelope)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('parts'),
    })
  })

  it('of many megabytes of HTML is read and cut', async () => {
    const message = await read(mail({ 'Content-Type': 'text/html' }, '<table><tr><td>'.repeat(400_000), 'x'))
    expect(message.html?.length).toBe(4_000_000)
    expect(message.warnings.join()).toContain('was cut')
  })

  it('of deeply nested HTML still gives a text', async () => {
    expect((await read(mail({ 'Content-Type': 'text/html' }, `${'<div>'.repeat(20_000)}Hello`))).text).toContain(
      'Hello',
    )
  })

  it('that takes too long is stopped and parked', async () => {
    const heavy = multipart(
      'mixed',
      Array.from({ length: 900 }, () => ['Content-Type: application/pdf', '', 'x'.repeat(20_000)]),
    )
    expect(await parseMail(heavy, envelope, { timeoutMs: 1 })).toEqual({
      ok: false,
      reason: 'The mail could not be parsed: It took longer than 1 ms.',
    })
  })
})

describe('bytes that no mail should hold', () => {
  it('NUL and controls are taken out of every text, and it is said', async () => {
    const message = await read(
      mail({ Subject: 'a\0b\u0007c', From: '"A\0da" <ada@example.org>' }, 'Hel\0lo\u0001 there\tTab'),
    )
    expect([message.subject, message.from.name, message.text.trim()]).toEqual(['abc', 'Ada', 'Hello there\tTab'])
    expect(message.warnings.join()).toContain('NUL')
    expect(JSON.stringify({ ...message, attachments: [] })).not.toContain('\\u0000')
  })

  it('are kept as they are in attachments', async () => {
    const message = await read(
      multipart('mixed', [['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64', '', 'AAEC']]),
    )
    expect([...message.attachments[0]!.content]).toEqual([0, 1, 2])
  })

  it.each([
    ['a boundary that never comes', mail({ 'Content-Type': 'multipart/mixed; boundary=never' }, 'Hello')],
    ['a multipart without a boundary', mail({ 'Content-Type': 'multipart/mixed' }, '--x', '', 'Hello')],
    ['a boundary that is never closed', mail({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b', '', 'Hello')],
    ['an unknown transfer encoding', mail({ 'Content-Transfer-Encoding': 'x-uuencode' }, 'Hello')],
    ['a broken content type', mail({ 'Content-Type': ';;;=text/plain; charset' }, 'Hello')],
  ])('%s is read', async (_, bytes) => {
    expect((await parseMail(bytes, envelope)).ok).toBe(true)
  })

  it.each([
    ['a boundary that is not the one announced', { 'Content-Type': 'multipart/mixed; boundary=a' }],
    ['a boundary that is not announced', { 'Content-Type': 'multipart/mixed' }],
    ['no content type at all', {}],
  ])('parts behind %s are found', async (_, headers) => {
    const parts = [
      '--b',
      'Content-Type: text/plain',
      '',
      'Hello',
      '--b',
      'Content-Type: application/pdf',
      '',
      '%PDF',
      '--b--',
    ]
    const message = await read(mail(headers, ...parts))
    expect([message.text.trim(), message.attachments.map(({ size }) => size)]).toEqual(['Hello', [5]])
  })

  it.each([
    ['a multipart without parts', { 'Content-Type': 'multipart/mixed; boundary=never' }, 'Hello there'],
    [
      'text that is said to be base64',
      { 'Content-Transfer-Encoding': 'base64' },
      'I was charged twice, please refund it. Thank you very much.',
    ],
    ['text under an unknown encoding', { 'Content-Transfer-Encoding': 'x-strange' }, 'Hello there'],
  ])('the words of %s are kept', async (_, headers, text) => {
    expect((await read(mail({ 'MIME-Version': '1.0', ...headers }, text))).text.trim()).toBe(text)
  })

  it('base64 that was cut gives what is there', async () => {
    const pdf = ['Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', '', 'AAECAwQ']
    expect([...(await read(multipart('mixed', [pdf]))).attachments[0]!.content]).toEqual([0, 1, 2, 3, 4])
  })

  it('lines that end in a lone CR are lines', async () => {
    const message = await read(Buffer.from('From: ada@example.org\rSubject: Mac\r\rOne\rTwo\r'))
    expect([message.subject, message.text.trim()]).toEqual(['Mac', 'One\nTwo'])
  })

  it('a mail saved as UTF-16 is read', async () => {
    const message = await read(Buffer.from('\ufeffFrom: ada@example.org\r\nSubject: Größe\r\n\r\nHello\r\n', 'utf16le'))
    expect([message.subject, message.text.trim()]).toEqual(['Größe', 'Hello'])
  })

  it('a uuencoded file in the text is an attachment', async () => {
    const message = await read(mail({}, 'See the file.', 'begin 644 cat.txt', '#0V%T', '`', 'end', 'Bye'))
    expect(message.text).toBe('See the file.\nBye\n')
    expect(message.attachments.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['cat.txt', 'Cat'],
    ])
  })

  it('a sentence that only looks like uuencoding stays', async () => {
    const text = 'Please\nbegin 644 times\nand that is the\nend\n'
    expect((await read(mail({}, ...text.trimEnd().split('\n')))).text).toBe(text)
  })

  it('ids are found however they are written', async () => {
    const message = await read(
      mail({ 'In-Reply-To': 'Your message of <a@x> (Mon)', References: '<a@x>\r\n\t<b@x><c@x> <a@x>' }, 'x'),
    )
    expect([message.inReplyTo, message.references]).toEqual(['a@x', ['a@x', 'b@x', 'c@x']])
    expect((await read(mail({ 'Message-ID': 'no.brackets@x' }, 'x'))).providerId).toBe('no.brackets@x')
  })
})

it('whatever arrives, it answers and never throws', async () => {
  const token = fc.constantFrom(
    'From: a@b\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n',
    'Content-Type: text/html; charset=utf-7\r\n',
    '\r\n',
    '--b\r\n',
    '--b--\r\n',
    '\0',
    '=?utf-8?B?',
    '<div>',
    'Content-Transfer-Encoding: base64\r\n',
    ' folded\r\n',
    '(((',
    '"',
    '\xff',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(token, fc.string({ unit: 'binary' })), { maxLength: 30 }), async (parts) => {
      const bytes = Buffer.from(parts.join(''), 'latin1')
      const outcome = await parseMail(bytes, envelope)
      expect(outcome.ok || outcome.reason.length > 0).toBe(true)
      if (outcome.ok) expect(JSON.stringify({ ...outcome.message, attachments: [] })).not.toContain('\\u0000')
    }),
    { numRuns: 500 },
  )
})
