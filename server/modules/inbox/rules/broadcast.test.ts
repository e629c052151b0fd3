import { expect, it } from 'vitest'
import { isBroadcast } from './broadcast.ts'

const isPublicDomain = (domain: string) => domain === 'gmail.com'
const of = (recipients: string[], more: object = {}) =>
  isBroadcast({ marked: false, answered: false, recipients, isPublicDomain, ...more })

it('is one when people of several houses are written to first', () => {
  expect(of(['a@one.test', 'b@two.test'])).toBe(true)
  expect(of(['a@gmail.com', 'b@gmail.com'])).toBe(true)
})
it('is none among colleagues, to one person, or in a conversation', () => {
  expect(of(['a@one.test', 'b@one.test'])).toBe(false)
  expect(of(['a@one.test', 'A@one.test'])).toBe(false)
  expect(of(['a@one.test', 'b@two.test'], { answered: true })).toBe(false)
})
it('is one when its author says so', () => {
  expect(of(['a@one.test', 'b@one.test'], { marked: true, answered: true })).toBe(true)
})
