import { expect, test } from 'vitest'
import { emptyDraft } from './draft-content.ts'
import { sendReason } from './send-reason.ts'

const content = { ...emptyDraft, html: '<p>Hello</p>' }
const defaults = { from: { email: 'support@desk.test' }, to: [{ email: 'ann@acme.test', name: null }] }
const ready = { content, kind: 'reply' as const, uploading: false, defaults }

test('a written reply with a recipient can be sent', () => {
  expect(sendReason(ready)).toBeNull()
})

test.each([
  ['nothing is written', { content: emptyDraft }, /Nothing is written/],
  ['a file is on its way', { uploading: true }, /files have arrived/],
  ['nobody knows yet who gets it', { defaults: undefined }, /Finding out/],
  ['nobody can find out who gets it', { defaults: null }, /could not be found out/],
  ['no mailbox is on', { defaults: { ...defaults, from: null } }, /No mailbox/],
  ['the agent took everybody away', { content: { ...content, to: [] } }, /Say who/],
])('not while %s', (_name, change, words) => {
  expect(sendReason({ ...ready, ...change })).toMatch(words)
})

test('a note needs nobody to go to', () => {
  expect(sendReason({ ...ready, kind: 'note', defaults: undefined })).toBeNull()
})
