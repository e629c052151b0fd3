import { expect, test } from 'vitest'
import { emptyDraft, isBlank, withTakenBack } from './draft-content.ts'

test.each([
  ['', true],
  ['<p></p>', true],
  ['<p>&nbsp;</p><p><br></p>', true],
  ['<p>a</p>', false],
  ['<img src="x">', false],
])('%s is blank: %s', (html, blank) => {
  expect(isBlank({ html, attachments: [] })).toBe(blank)
})

test('what was written since a reply was sent is kept below the reply that comes back', () => {
  const restored = { ...emptyDraft, html: '<p>first</p>', to: [{ email: 'ann@acme.test', name: null }] }
  expect(withTakenBack(restored, { ...emptyDraft, html: '<p></p>' })).toBe(restored)
  expect(withTakenBack(restored, { ...emptyDraft, html: '<p>second</p>' })).toEqual({
    ...restored,
    html: '<p>first</p><p>second</p>',
  })
})
