import { expect, test } from 'vitest'
import { explanationText } from './explanation-text.ts'

test('the lines become plain text that sums, without what stays with us', () => {
  const usd = (amount: number) => ({ amount, currency: 'USD' })
  const text = explanationText({
    closes: true,
    sentence: '= 39.00 USD charged on 3 Nov to Visa 4242',
    lines: [
      {
        code: 'subscription',
        what: 'Team',
        sentence: 'Team, 3 Nov to 3 Dec: 49.00 USD.',
        money: usd(4900),
        kind: 'part',
      },
      { code: 'subtotal', what: 'Subtotal', sentence: 'All lines together.', money: usd(4900), kind: 'total' },
      { code: 'discount', what: 'HELLO', sentence: '10.00 USD off.', money: usd(-1000), kind: 'part' },
    ],
    faultLine: null,
    difference: null,
    after: [],
    settled: [{ code: 'fee', what: 'Fee', sentence: 'Kept by Stripe: 1.50 USD.', money: usd(-150), kind: 'part' }],
    history: [],
    paragraphs: [],
  })
  expect(text).toBe(
    '- Team: 49.00 USD\n  Team, 3 Nov to 3 Dec: 49.00 USD.\nSubtotal: 49.00 USD\n- HELLO: -10.00 USD\n  10.00 USD off.\n= 39.00 USD charged on 3 Nov to Visa 4242',
  )
})
