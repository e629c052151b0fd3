import { expect, it } from 'vitest'
import { aliasAmong, deliveredTo, mailboxesBehind } from './own-mailboxes.ts'

const support = { address: 'support@a.test', aliases: ['help@a.test', '@b.test'], enabled: true }
const sales = { address: 'sales@b.test', aliases: [], enabled: true }
const off = { address: 'old@b.test', aliases: [], enabled: false }
const own = [support, sales, off]

it.each([
  [['support@a.test'], [support]],
  [['Support+anything@A.test'], [support]],
  [['help@a.test'], [support]],
  [['help+x@a.test'], [support]],
  [['whatever@b.test'], [support]],
  [['sales@b.test'], [sales]],
  [['old@b.test'], []],
  [['nobody@a.test'], []],
  [['help@a.test', 'support@a.test'], [support]],
])('%j', (recipients, expected) => expect(mailboxesBehind(own, recipients)).toEqual(expected))

it('tells the address a mail came by only when it is another one', () => {
  const by = (envelope: string[], written: string[] = []) => deliveredTo(support, { envelope, written })
  expect(by(['support@a.test'])).toBeUndefined()
  expect(by(['help@a.test'])).toBe('help@a.test')
  expect(by(['any@b.test'])).toBe('any@b.test')
  expect(by(['support@a.test'], ['help@a.test'])).toBe('help@a.test')
  expect(by(['support@a.test'], ['help@a.test', 'support@a.test'])).toBeUndefined()
  expect(aliasAmong(support, 'help@a.test')).toBe('help@a.test')
  expect(aliasAmong(support, 'any@b.test')).toBeUndefined()
})
