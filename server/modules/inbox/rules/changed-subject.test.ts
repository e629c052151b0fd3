import { expect, it } from 'vitest'
import { opensTopic } from './changed-subject.ts'

const said = 'The export of last month stops with an error, can you look?'

it.each([
  ['another subject and a topic', 'Charged twice', 'Export broken', said, true],
  ['only a reply mark', 'Charged twice', 'AW: Charged twice', said, false],
  ['words added', 'Charged twice', 'Charged twice - URGENT', said, false],
  ['words cut', 'Question about the invoice of May', 'Re: Question about the invoice', said, false],
  ['no subject', 'Charged twice', 'Re:', said, false],
  ['the ticket had none', '(no subject)', 'Export broken', said, false],
  ['nothing but thanks', 'Charged twice', 'Thank you', 'Thanks a lot!', false],
  ['nothing but a greeting', 'Charged twice', 'Hello', 'Dear Mrs Miller of the support team of Acme,\nthanks', false],
  ['Japanese', 'Charged twice', 'エクスポート', '先月のエクスポートがエラーで止まります。確認してください。', true],
])('%s', (_, ticketSubject, mailSubject, newText, expected) => {
  expect(opensTopic({ ticketSubject, mailSubject, newText })).toBe(expected)
})
