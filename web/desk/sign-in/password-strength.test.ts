import { expect, test } from 'vitest'
import { passwordStrength } from './password-strength.ts'

test.each([
  ['short', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['password12345', 'weak'],
  ['abcabcabcabcabc', 'weak'],
  ['green table 7', 'fair'],
  ['correct horse battery staple', 'strong'],
  ['kV9$wq2LmZ!x7Rt', 'strong'],
])('%j reads as %s', (password, strength) => {
  expect(passwordStrength(password)).toBe(strength)
})
