import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { sumOfProducts, timesDecimal } from './money-decimal.ts'

it('multiplies decimals exactly and rounds once, half away from zero', () => {
  expect(timesDecimal('4900', '3')).toBe(14_700)
  expect(timesDecimal('0.5', '1')).toBe(1)
  expect(timesDecimal('-0.5', '1')).toBe(-1)
  expect(timesDecimal('0.49', '1')).toBe(0)
  expect(timesDecimal('1.005', '100')).toBe(101)
  expect(timesDecimal('0.000000000001', '999999999999')).toBe(1)
  expect(timesDecimal('12', '0.25', '2')).toBe(6)
})

it('knows what is no decimal and what is too large', () => {
  for (const text of ['', '1e3', '1,5', '.5', '1.', 'abc', '0.1234567890123'])
    expect(timesDecimal(text, '1'), text).toBeUndefined()
  expect(timesDecimal('999999999999999', '999999999999999')).toBeUndefined()
})

it('rounds a sum of products once, not each', () => {
  expect(
    sumOfProducts([
      ['0.4', '1'],
      ['0.4', '1'],
      ['0.4', '1'],
    ]),
  ).toBe(1)
  expect(sumOfProducts([])).toBe(0)
  expect(sumOfProducts([['x', '1']])).toBeUndefined()
})

it('agrees with whole-number arithmetic at any scale', () => {
  const part = fc.record({
    units: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    places: fc.integer({ min: 0, max: 6 }),
  })
  const text = ({ units, places }: { units: number; places: number }): string => {
    const digits = String(Math.abs(units)).padStart(places + 1, '0')
    const fraction = places ? `.${digits.slice(-places)}` : ''
    return `${units < 0 ? '-' : ''}${digits.slice(0, digits.length - places)}${fraction}`
  }
  fc.assert(
    fc.property(part, part, (a, b) => {
      const got = timesDecimal(text(a), text(b)) ?? Number.NaN
      const scaled = BigInt(a.units) * BigInt(b.units) * 2n
      const off = scaled - BigInt(got) * 2n * 10n ** BigInt(a.places + b.places)
      expect((off < 0n ? -off : off) <= 10n ** BigInt(a.places + b.places)).toBe(true)
      expect(sumOfProducts([[text(a), text(b)]])).toBe(got)
    }),
  )
})
