import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { heading, runNode } from './checks.js'
import { root } from './paths.js'

/** So many files may be tried a second time; more than that is no unsteadiness. */
const SECOND_TRIES = 5

/**
 * Runs vitest and counts from its own JSON report, so that the last line of `npm test` is the runner's word. A few files
 * that failed are run once more, alone: what passes then counts as passed, and is named as unsteady at the end.
 */
export async function runVitest({ title, config }) {
  heading(title)
  const first = await runOnce(config)
  const files = failedFiles(first.report)
  if (files.length === 0 || files.length > SECOND_TRIES) return countReport(first.report, first.code)
  heading(`${title}: what failed, once more and alone`)
  const second = await runOnce(config, files)
  return countBothRuns(first, second, files)
}

async function runOnce(config, files = []) {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-report-'))
  const report = join(folder, 'report.json')
  try {
    const code = await runNode([
      'node_modules/vitest/vitest.mjs',
      'run',
      ...files,
      ...(config ? ['--config', config] : []),
      ...(files.length > 0 ? ['--maxWorkers=1'] : []),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    return { report: readReport(report), code }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const failedFiles = ({ testResults }) =>
  testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(root, name))

/** The second run's word for the files it ran, the first run's for all others. */
export function countBothRuns(first, second, files) {
  const others = first.report.testResults.filter(({ name }) => !files.includes(relative(root, name)))
  const counts = countReport({ testResults: [...others, ...second.report.testResults] }, second.code)
  const passedAlone = new Set(
    second.report.testResults.filter(({ status }) => status === 'passed').map(({ name }) => relative(root, name)),
  )
  const unsteady = countReport(first.report, 0).failures.filter((line) => passedAlone.has(line.split(' | ')[0]))
  return { ...counts, unsteady }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

/** A file that fails outside its tests (import, hooks) is one failure; so is a run that failed with nothing to show. */
export function countReport(report, exitCode) {
  const counts = { passed: 0, failures: [], unsteady: [], skipped: 0 }
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(root, name)
    const before = counts.failures.length
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status === 'failed') counts.failures.push(describe(file, test.fullName, test.failureMessages?.[0]))
      else counts.skipped++
    }
    if (status === 'failed' && counts.failures.length === before) counts.failures.push(describe(file, '', message))
  }
  if (exitCode !== 0 && counts.failures.length === 0) counts.failures.push(`the runner ended with ${exitCode}`)
  return counts
}

const describe = (file, test, why = '') =>
  [
    file,
    test,
    why
      .split(/\s*\n\s*/)
      .join(' ⏎ ')
      .slice(0, 600),
  ]
    .filter(Boolean)
    .join(' | ')

/** Says again what failed, for whoever sees only the end, then prints the last line: a failure, or no test at all, is a failing run. */
export function finish(runs) {
  const passed = runs.reduce((sum, run) => sum + run.passed, 0)
  const failures = runs.flatMap((run) => run.failures)
  const skipped = runs.reduce((sum, run) => sum + run.skipped, 0)
  console.log('')
  for (const failure of runs.flatMap((run) => run.unsteady)) console.log(`Unsteady, passed alone: ${failure}`)
  for (const failure of failures) console.log(`Failed: ${failure}`)
  console.log(`${passed} passed, ${failures.length} failed, ${skipped} skipped`)
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
}
