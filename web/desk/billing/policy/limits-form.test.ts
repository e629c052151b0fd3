import '../../messages/rooms/billing.ts'
import { expect, test } from 'vitest'
import { currencyProblem, formOf, readForm } from './limits-form.ts'

const limits = {
  autoLimit: { USD: 100_00, JPY: 15_000 },
  leadLimit: { USD: 1_000_00, JPY: 150_000 },
  monthlyWindowDays: 14,
  yearlyWindowDays: 30,
  repeatPerYear: 2,
}

test('limits survive the form, in each currency’s own decimals', () => {
  const form = formOf(limits)
  expect(form.rows).toEqual([
    { currency: 'JPY', auto: '15000', lead: '150000' },
    { currency: 'USD', auto: '100.00', lead: '1000.00' },
  ])
  expect(readForm(form)).toEqual({ limits, problems: {} })
})

test('every wrong field is named, and nothing is saved then', () => {
  const form = { ...formOf(limits), monthlyWindowDays: '366', repeatPerYear: '1.5' }
  form.rows = [
    { currency: 'USD', auto: '2,5', lead: '1000' },
    { currency: 'JPY', auto: '200000', lead: '150000' },
    { currency: 'EUR', auto: '-1', lead: '1' },
  ]
  const { limits: read, problems } = readForm(form)
  expect(read).toBeNull()
  expect(Object.keys(problems).sort()).toEqual([
    'EUR.auto',
    'JPY.lead',
    'USD.auto',
    'monthlyWindowDays',
    'repeatPerYear',
  ])
})

test('a currency is added once, and only a real one', () => {
  const form = formOf(limits)
  expect(currencyProblem('EUR', form)).toBeNull()
  expect(currencyProblem('USD', form)).toMatch(/already/)
  expect(currencyProblem('ZZZ', form)).toMatch(/not a currency/)
})
