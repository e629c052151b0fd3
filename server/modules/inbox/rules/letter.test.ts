import { expect, test } from 'vitest'
import { letterOf } from './letter.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const said = (raw: string): string =>
  [...letterOf(bytes(raw))]
    .map((piece) => (typeof piece === 'string' ? piece : new TextDecoder().decode(piece)))
    .join('')

const own = 'From: Ann <ann@acme.test>\r\nSubject: Two\r\n words\r\nMessage-ID: <1@acme.test>\r\n'
const body = '\r\nHello,\r\n\r\nis anybody there?\r\n'

test('what servers write above a mail is no part of it', () => {
  const trace =
    'Return-Path: <ann@acme.test>\r\nDelivered-To: support@desk.test\r\nReceived: from mx.acme.test\r\n\tby mx.desk.test; Mon, 2 Nov 2026 09:00:00 +0000\r\nX-Spam-Score: 0\r\n'
  expect(said(trace + own + body)).toBe(said(own + body))
})

test('other line ends, folds and blank lines at the end are the same letter', () => {
  expect(said((own + body).replaceAll('\r\n', '\n'))).toBe(said(own + body))
  expect(said(own.replace('Two\r\n words', 'Two words') + body)).toBe(said(own + body))
  expect(said(`${own}${body}\r\n\r\n`)).toBe(said(own + body))
})

test.each([
  ['another body', own + body.replace('anybody', 'nobody')],
  ['another subject', own.replace('Two', 'Three') + body],
  ['another sender', own.replace('ann@', 'bob@') + body],
  ['one more recipient', `Cc: eve@acme.test\r\n${own}${body}`],
])('%s is another letter', (_, raw) => {
  expect(said(raw)).not.toBe(said(own + body))
})

test('a body of many pieces keeps every byte but its carriage returns', () => {
  const long = Array.from({ length: 40_000 }, (_, n) => `line ${n}`).join('\r\n')
  expect(said(`${own}\r\n${long}`).endsWith(`\n\n${long.replaceAll('\r', '')}`)).toBe(true)
})

test('a mail without a body, or without anything, is a letter too', () => {
  expect(said(own)).toContain('subject:Two words')
  expect(said('')).toBe('\n')
})
