import { expect, test } from 'vitest'
import { reportOf } from './report.ts'

test('the sum counts one warning and two problems as such', () => {
  const found = { about: 'acme.test', found: 'something' }
  const report = reportOf([
    { ...found, check: 'dns', level: 'warning', todo: 'Mend it.' },
    { ...found, check: 'dns', level: 'problem', todo: 'Mend it.' },
    { ...found, check: 'clock', level: 'problem', todo: 'Mend it.' },
  ])
  expect(report).toMatch(/\n0 OK, 1 warning, 2 problems\n$/)
})
