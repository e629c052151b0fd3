import { expect, test } from 'vitest'
import { bringsColours, mailDocument } from './mail-document.ts'

const look = { dark: false, origin: 'http://desk.test', allowRemote: false }

test('remote images are refused by the policy until they are allowed', () => {
  expect(mailDocument('', look)).toContain('img-src http://desk.test data: blob:"')
  expect(mailDocument('', { ...look, allowRemote: true })).toContain(
    'img-src http://desk.test data: blob: https: http:"',
  )
})

test('nothing but styles, our own font and images is ever allowed', () => {
  expect(mailDocument('', look)).toContain(
    "default-src 'none'; style-src 'unsafe-inline'; font-src http://desk.test; img-src",
  )
})

test.each([
  ['<p>plain</p>', false],
  ['<td bgcolor="#fff">', true],
  ['<p style="color: #000">', true],
  ['<font color="red">', true],
  ['<p>The color of money</p>', false],
])('whether %s brings its own colours: %s', (html, brings) => {
  expect(bringsColours(html)).toBe(brings)
})
