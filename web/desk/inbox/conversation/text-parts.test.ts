import { expect, test } from 'vitest'
import { textParts } from './text-parts.ts'

test('text is cut at its parts, in order, with the lines of each', () => {
  const text = 'Thanks\n\n> a\n> b\n> c\n-- \nAnn'
  const parts = [
    { kind: 'reply' as const, length: 8 },
    { kind: 'quote' as const, length: 12 },
    { kind: 'signature' as const, length: text.length - 20 },
  ]
  expect(textParts({ text, parts })).toEqual([
    { kind: 'reply', text: 'Thanks\n\n', lines: 1 },
    { kind: 'quote', text: '> a\n> b\n> c\n', lines: 3 },
    { kind: 'signature', text: '-- \nAnn', lines: 2 },
  ])
})

test('text no part covers is shown as new, and empty parts are not shown', () => {
  expect(textParts({ text: 'Hello', parts: [] })).toEqual([{ kind: 'reply', text: 'Hello', lines: 1 }])
  expect(textParts({ text: 'Hello', parts: [{ kind: 'quote', length: 0 }] })).toHaveLength(1)
  expect(
    textParts({ text: 'Hello there', parts: [{ kind: 'quote', length: 5 }] })
      .map(({ text }) => text)
      .join(''),
  ).toBe('Hello there')
})
