import { expect, test } from 'vitest'
import { avatarHue, initialsOf } from './avatar-look.ts'

test.each([
  ['Ann Rivera', 'AR'],
  ['ann', 'A'],
  ['Jürgen von der Öhe', 'JÖ'],
  ['佐藤 花子', '佐'],
  ['ann.rivera@acme.io', 'AI'],
  ['', '?'],
  ['— (…)', '?'],
])('the initials of %j are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a colour is stable and all eight are used', () => {
  expect(avatarHue('con_1')).toBe(avatarHue('con_1'))
  expect(new Set(Array.from({ length: 200 }, (_, n) => avatarHue(`con_${n}`))).size).toBe(8)
})
