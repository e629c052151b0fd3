import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './paths.js'
import { countBothRuns, countReport } from './tests.js'

const result = (status, fullName) => ({ status, fullName, failureMessages: ['it broke\n  at here'] })
const file = (name, ...assertionResults) => ({
  name: join(root, name),
  status: assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  message: '',
  assertionResults,
})

test('a failure is named with its file, its test and its first words', () => {
  const report = { testResults: [file('a.test.ts', result('passed', 'one'), result('failed', 'two'))] }
  expect(countReport(report, 1)).toEqual({
    passed: 1,
    failures: ['a.test.ts | two | it broke ⏎ at here'],
    unsteady: [],
    skipped: 0,
  })
})

const steady = file('a.test.ts', result('passed', 'one'))
const broken = file('b.test.ts', result('failed', 'two'))
const first = { code: 1, report: { testResults: [steady, broken] } }

test('what passes alone counts as passed and is named as unsteady', () => {
  const second = { code: 0, report: { testResults: [file('b.test.ts', result('passed', 'two'))] } }
  const counts = countBothRuns(first, second, ['b.test.ts'])
  expect(counts.failures).toEqual([])
  expect(counts.passed).toBe(2)
  expect(counts.unsteady).toEqual(['b.test.ts | two | it broke ⏎ at here'])
})

test('what fails alone as well is a failure, once', () => {
  const counts = countBothRuns(first, { code: 1, report: { testResults: [broken] } }, ['b.test.ts'])
  expect(counts.failures).toEqual(['b.test.ts | two | it broke ⏎ at here'])
  expect(counts.unsteady).toEqual([])
})

test('a second run that comes to nothing is a failure', () => {
  const counts = countBothRuns(first, { code: 1, report: { testResults: [] } }, ['b.test.ts'])
  expect(counts.failures).toEqual(['the runner ended with 1'])
  expect(counts.unsteady).toEqual([])
})
