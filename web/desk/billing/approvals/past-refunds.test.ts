import { expect, test } from 'vitest'
import { money } from '#contract/money.ts'
import { refundedSums, type PastRefund } from './past-refunds.ts'

const refund = (amount: number, currency: string, status = 'succeeded') =>
  ({ money: money(amount, currency), status }) as PastRefund

test('what went back is summed per currency, without refunds that moved nothing', () => {
  const refunds = [
    refund(49_00, 'USD'),
    refund(500, 'JPY'),
    refund(1_00, 'USD', 'pending'),
    refund(9_00, 'USD', 'failed'),
  ]
  expect(refundedSums(refunds)).toEqual([money(50_00, 'USD'), money(500, 'JPY')])
})
