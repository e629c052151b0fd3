import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCurrency, isoExponent, minimumCharges, stripeExponent, stripeStep } from './currencies.ts'
import { parseMoney } from './money-parse.ts'
import { decimalText, formatMoney } from './money-text.ts'
import {
  add,
  allocate,
  compare,
  fromStripe,
  isExactForStripe,
  isExactFromStripe,
  isZero,
  minimumCharge,
  Money,
  money,
  negate,
  roundToStripeStep,
  scale,
  subtract,
  sum,
  toStripe,
} from './money.ts'

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'ISK', 'UGX', 'HUF', 'TWD', 'MGA', 'CLF')
const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const csv = `${process.env.TEST_DATA_DIR ?? '../shared/data'}/money-iso4217/iso4217-minor-units.csv`

describe('Money', () => {
  it('reads whole minor units of a known currency only', () => {
    expect(Money.safeParse({ amount: 4900, currency: 'USD' }).success).toBe(true)
    for (const wrong of [
      { amount: 49.5 },
      { amount: 2 ** 53 },
      { currency: 'usd' },
      { currency: 'UDS' },
      { currency: 'XAU' },
    ])
      expect(Money.safeParse({ amount: 4900, currency: 'USD', ...wrong }).success).toBe(false)
  })

  it('refuses what would lose money', () => {
    expect(() => money(0.1, 'USD')).toThrow(RangeError)
    expect(() => add(money(1, 'USD'), money(1, 'EUR'))).toThrow('USD and EUR')
    expect(() => add(money(Number.MAX_SAFE_INTEGER, 'USD'), money(1, 'USD'))).toThrow(RangeError)
  })

  it('adds, subtracts and compares', () => {
    const [a, b] = [money(4900, 'usd'), money(1250, 'USD')]
    expect(add(a, b)).toEqual({ amount: 6150, currency: 'USD' })
    expect(subtract(b, a).amount).toBe(-3650)
    expect([compare(a, b), compare(b, a), compare(a, a)]).toEqual([1, -1, 0])
    expect(isZero(sum([a, negate(a)], 'USD'))).toBe(true)
    expect(Object.is(negate(money(0, 'USD')).amount, 0)).toBe(true)
  })
})

describe('allocate and scale', () => {
  it('gives what is left to the largest remainders', () => {
    expect(allocate(money(100, 'USD'), [1, 1, 1]).map((part) => part.amount)).toEqual([34, 33, 33])
    expect(allocate(money(5, 'JPY'), [3, 7]).map((part) => part.amount)).toEqual([2, 3])
    expect(allocate(money(-100, 'USD'), [50, 25, 25, 0]).map((part) => part.amount)).toEqual([-50, -25, -25, 0])
    expect(() => allocate(money(100, 'USD'), [0, 0])).toThrow(RangeError)
    expect(() => allocate(money(100, 'USD'), [])).toThrow(RangeError)
  })

  it('loses no unit and stays within one unit of the exact share', () => {
    const weights = fc
      .array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((w) => w > 0))
    fc.assert(
      fc.property(amount, weights, (whole, list) => {
        const parts = allocate(money(whole, 'USD'), list)
        const total = list.reduce((all, weight) => all + weight, 0)
        expect(sum(parts, 'USD').amount).toBe(whole)
        parts.forEach((part, index) => {
          const off = BigInt(part.amount) * BigInt(total) - BigInt(whole) * BigInt(list[index] ?? 0)
          expect((off < 0n ? -off : off) < BigInt(total)).toBe(true)
        })
      }),
    )
  })

  it('rounds half away from zero once, also past 2^53 on the way', () => {
    expect([scale(5, 1, 2), scale(-5, 1, 2), scale(4900, 1, 3), scale(100, 0, 7)]).toEqual([3, -3, 1633, 0])
    expect(scale(999_999_999_999, 31_536_000, 31_536_000)).toBe(999_999_999_999)
  })
})

describe('Stripe units', () => {
  it('keeps the three tables apart', () => {
    const exact: [number, string, number][] = [
      [4900, 'usd', 4900],
      [500, 'jpy', 500],
      [5000, 'kwd', 5000],
      [500, 'isk', 5],
      [500, 'ugx', 5],
      [500, 'mga', 50_000],
      [17_500, 'huf', 17_500],
      [100, 'twd', 100],
    ]
    for (const [stripe, code, iso] of exact) {
      expect(fromStripe(stripe, code)).toEqual({ amount: iso, currency: code.toUpperCase() })
      expect(toStripe(money(iso, code))).toBe(stripe)
    }
    expect(isExactFromStripe(505, 'isk')).toBe(false)
    expect(() => fromStripe(505, 'isk')).toThrow(RangeError)
    expect(isExactForStripe(money(1005, 'KWD'))).toBe(false)
    expect(isExactForStripe(money(1010, 'KWD'))).toBe(true)
    expect(isExactForStripe(money(50_001, 'MGA'))).toBe(false)
    expect([stripeStep('HUF'), stripeStep('HUF', 'payout'), stripeStep('TWD', 'payout')]).toEqual([1, 100, 100])
  })

  it('comes back from Stripe unchanged', () => {
    fc.assert(
      fc.property(amount, currency, (value, code) => {
        const stripe = roundToStripeStep(value, code)
        expect(stripe).toBeLessThanOrEqual(value)
        expect(value - stripe).toBeLessThan(stripeStep(code))
        expect(roundToStripeStep(stripe, code, 'up')).toBe(stripe)
        expect(toStripe(fromStripe(stripe, code))).toBe(stripe)
        expect(isExactForStripe(fromStripe(stripe, code))).toBe(true)
      }),
    )
  })

  it('rounds to the nearest step away from zero, and up', () => {
    expect([roundToStripeStep(1005, 'kwd', 'nearest'), roundToStripeStep(-1005, 'kwd', 'nearest')]).toEqual([
      1010, -1010,
    ])
    expect(roundToStripeStep(101, 'isk', 'up')).toBe(200)
  })

  it('names the smallest charge where a dated table does', () => {
    expect(minimumCharge('GBP')).toEqual({ amount: 30, currency: 'GBP' })
    expect(minimumCharge('KWD')).toBeUndefined()
    expect(minimumCharge('USD', { USD: 100 })?.amount).toBe(100)
    expect(minimumCharges.asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
  })
})

describe.skipIf(!existsSync(csv))('ISO 4217 (skipped without TEST_DATA_DIR)', () => {
  it('agrees with the published list on every code', () => {
    const rows = readFileSync(csv, 'utf8').trim().split(/\r?\n/).slice(1)
    expect(rows.length).toBeGreaterThan(170)
    for (const row of rows) {
      const [code = '', , digits] = row.split(',')
      expect([code, isCurrency(code)]).toEqual([code, digits !== '-'])
      if (digits !== '-') expect([code, isoExponent(code)]).toEqual([code, Number(digits)])
    }
  })

  it('writes, reads, sends and splits amounts of every currency on it without losing a unit', () => {
    const rows = readFileSync(csv, 'utf8').trim().split(/\r?\n/).slice(1)
    const listed = rows.map((row) => row.split(',')).filter(([, , digits]) => digits !== '-')
    fc.assert(
      fc.property(fc.constantFrom(...listed), amount, fc.array(fc.nat(99), { minLength: 1 }), (row, units, weights) => {
        const [code = '', , digits] = row
        const value = money(units, code)
        expect(decimalText(value).split('.')[1]?.length ?? 0).toBe(Number(digits))
        expect(parseMoney(formatMoney(value), code)).toEqual({ ok: true, money: value })
        const sent = roundToStripeStep(units, code)
        if (isExactFromStripe(sent, code)) expect(toStripe(fromStripe(sent, code))).toBe(sent)
        expect(
          sum(
            allocate(
              value,
              weights.map((weight) => weight + 1),
            ),
            code,
          ),
        ).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })
})

it('tells Stripe exponents from ISO exponents by hand-written rows', () => {
  const rows = [
    'USD 2 2',
    'JPY 0 0',
    'KWD 3 3',
    'ISK 0 2',
    'UGX 0 2',
    'MGA 2 0',
    'HUF 2 2',
    'TWD 2 2',
    'VND 0 0',
    'BHD 3 3',
    'CLF 4 2',
  ]
  for (const row of rows) {
    const [code = '', iso, stripe] = row.split(' ')
    expect([code, isoExponent(code), stripeExponent(code)]).toEqual([code, Number(iso), Number(stripe)])
  }
})
