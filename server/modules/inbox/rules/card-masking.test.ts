import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCards, isCardNumber, maskCards } from './card-masking.ts'

describe('a card number is masked', () => {
  it.each([
    ['Visa', '4242424242424242', '•••• 4242'],
    ['in groups', 'My card 4242 4242 4242 4242, thanks', 'My card •••• 4242, thanks'],
    ['with dashes', '5555-5555-5555-4444.', '•••• 4444.'],
    ['with spaced dashes', '4242 - 4242 - 4242 - 4242', '•••• 4242'],
    ['with no-break spaces', '4242\u00a04242\u00a04242\u00a04242', '•••• 4242'],
    ['with zero-width spaces', '4242\u200b4242\u200b4242\u200b4242', '•••• 4242'],
    ['with dots', '4242.4242.4242.4242', '•••• 4242'],
    ['in full width', '４２４２ ４２４２ ４２４２ ４２４２', '•••• 4242'],
    ['broken over a line', '4242 4242\n4242 4242', '•••• 4242'],
    ['American Express', '3782 822463 10005', '•••• 0005'],
    ['American Express in one piece', '378282246310005', '•••• 0005'],
    ['Mastercard 2-series', '2223003122003222', '•••• 3222'],
    ['Diners', '3056 930902 5904', '•••• 5904'],
    ['JCB', '3566002020360505', '•••• 0505'],
    ['UnionPay', '6200000000000005', '•••• 0005'],
    ['Discover', '6011111111111117', '•••• 1117'],
    ['thirteen digits', '4222222222222', '•••• 2222'],
    ['after a word', 'VISA4242424242424242 12/27 123', 'VISA•••• 4242 12/27 123'],
    ['after another number', 'order 12 4242 4242 4242 4242', 'order 12 •••• 4242'],
    ['before another number', '4242424242424242 123', '•••• 4242 123'],
    ['digit by digit', '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2', '•••• 4242'],
    ['twice', '4242424242424242 and 5555555555554444', '•••• 4242 and •••• 4444'],
    ['twice, side by side', '4242424242424242 5555555555554444', '•••• 4242 •••• 4444'],
  ])('%s', (_, text, expected) => {
    expect(maskCards(text).text).toBe(expected)
  })
})

describe('another number stays', () => {
  it.each([
    ['an order number that fails the check', 'Order 4242424242424241'],
    ['a number of no scheme', '9999999999999995'],
    ['zeroes', '0000000000000000'],
    ['a telephone number', '+4242424242424242'],
    ['a longer number', '42424242424242424242424242424242'],
    ['a number inside an identifier', 'ch_4242424242424242x'],
    ['a web address', 'https://shop.example/track/4242424242424242?x=1'],
    ['a mail address', '4242424242424242@pay.example'],
    ['a decimal', '0.4242424242424242'],
    ['a column of figures', '42\n4242\n4242424242\n4'],
    ['a row of figures', '424 24 242 424 24 242'],
    ['what is masked already', '•••• 4242'],
    ['a date and a time', '2025-03-03 10:00:00 2025-03-03'],
  ])('%s', (_, text) => {
    expect(maskCards(text)).toEqual({ text, masked: 0 })
  })
})

const withCheckDigit = (digits: string) =>
  Array.from({ length: 10 }, (_, last) => `${digits}${last}`).find(isCardNumber) ?? ''
const card = fc
  .tuple(
    fc.constantFrom('4', '51', '55', '2221', '37', '6011', '65', '3528', '62'),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 }),
  )
  .map(([prefix, rest]) => withCheckDigit(`${prefix}${rest.join('')}`.slice(0, prefix === '37' ? 14 : 15)))
  .filter((digits) => digits !== '')
const around = fc.string().map((text) => text.replace(/[\d０-９]/gu, ''))

describe('whatever stands around it', () => {
  it('a card of any scheme in groups of four loses all but four digits', () => {
    fc.assert(
      fc.property(card, around, around, fc.constantFrom('', ' ', '-'), (digits, before, after, sign) => {
        const written = digits.replace(/\d{4}(?=\d)/g, (group) => group + sign)
        const { text, masked } = maskCards(`${before} ${written} ${after}`)
        expect(masked).toBe(1)
        expect(text.replace(/\D/g, '')).toBe(digits.slice(-4))
      }),
      { numRuns: 1_000 },
    )
  })

  it('only digits and what parts them are taken away, and masking again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(card, around, fc.constantFrom(' ', '-', '\n', '.'))), (parts) => {
        const text = parts.join('')
        const masked = maskCards(text).text
        expect(maskCards(masked)).toEqual({ text: masked, masked: 0 })
        for (const { start, end } of findCards(text)) expect(text.slice(start, end)).not.toMatch(/[a-z]/i)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a hostile text costs little', () => {
    for (const text of ['4 '.repeat(200_000), '4242-'.repeat(100_000), '1'.repeat(500_000), '4\n'.repeat(200_000)])
      expect(maskCards(text).text.length).toBeGreaterThan(0)
  })
})
