import { expect, it } from 'vitest'
import { answersSomething } from './answers-something.ts'

it.each([
  [true, { subject: 'Charged twice', inReplyTo: 'a@x', references: [] }],
  [true, { subject: 'Charged twice', references: ['a@x'] }],
  [true, { subject: 'AW: Zweimal belastet', references: [] }],
  [true, { subject: 'Re[2]: Charged twice', references: [] }],
  [false, { subject: 'Charged twice', references: [] }],
  [false, { subject: 'Fwd: Charged twice', inReplyTo: 'a@x', references: ['a@x'] }],
  [false, { subject: 'WG: Zweimal belastet', references: ['a@x'] }],
])('says %s of %j', (expected, mail) => {
  expect(answersSomething(mail)).toBe(expected)
})
