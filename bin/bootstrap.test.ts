import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

// A clone with our bin/ and, on PATH, an npm that "installs" this Node and notes each run.
const npm = `#!/bin/sh
echo "$@" >> "$0.calls"
rm -rf node_modules
if [ -n "$NPM_FAILS" ]; then echo "no network" >&2; exit 7; fi
mkdir -p node_modules/node/bin node_modules/vitest
ln -s "${process.execPath}" node_modules/node/bin/node
cp vitest.mjs node_modules/vitest/
`
const vitest = `
import { writeFileSync } from 'node:fs'
const file = process.argv.find((arg) => arg.startsWith('--outputFile.json='))?.split('=')[1]
if (process.env.REPORT) writeFileSync(file, process.env.REPORT)
process.exit(Number(process.env.VITEST_EXIT ?? 0))
`

async function makeClone() {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-clone-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(import.meta.dirname, join(folder, 'bin'), { recursive: true })
  await mkdir(join(folder, 'path'))
  await writeFile(join(folder, 'path/npm'), npm)
  await chmod(join(folder, 'path/npm'), 0o755)
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'package-lock.json'), 'one')
  await writeFile(join(folder, 'vitest.mjs'), vitest)
  await mkdir(join(folder, 'bench'))
  await writeFile(join(folder, 'bench/main.ts'), 'console.log("bench", ...process.argv.slice(2)); process.exit(3)')
  const run = async (args: string[], env: Record<string, string | undefined> = {}) => {
    const child = spawn(process.execPath, ['bin/run.js', ...args], {
      cwd: folder,
      env: { ...env, PATH: `${join(folder, 'path')}:/usr/bin:/bin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    const [code] = await once(child, 'close')
    return { code, output: output.trim() }
  }
  const installs = async () => (await readFile(join(folder, 'path/npm.calls'), 'utf8')).trim().split('\n')
  return { folder, run, installs }
}

test('installs once, runs the script under the pinned Node, and passes arguments and exit code on', async () => {
  const { run, installs } = await makeClone()
  const first = await run(['bench', 'ingest'])
  expect(first.output).toMatch(/^Installing .*\nbench ingest$/)
  expect(first.code).toBe(3)
  expect((await run(['bench', 'ingest'])).output).toBe('bench ingest')
  expect(await installs()).toEqual([expect.stringContaining('ci --include=dev --loglevel=error')])
})

test('installs again when the lock file changed or an install was cut short', async () => {
  const { folder, run, installs } = await makeClone()
  await run(['bench'])
  await writeFile(join(folder, 'package-lock.json'), 'two')
  await run(['bench'])
  expect(await installs()).toHaveLength(2)
  await rm(join(folder, 'node_modules/node'), { recursive: true })
  expect((await run(['bench'])).output).toContain('bench')
  expect(await installs()).toHaveLength(3)
})

test('a failed install shows what npm said, and the next run tries again', async () => {
  const { run, installs } = await makeClone()
  const failed = await run(['bench'], { NPM_FAILS: '1' })
  expect(failed.code).toBe(7)
  expect(failed.output).toContain('no network')
  expect((await run(['bench'])).output).toContain('bench')
  expect(await installs()).toHaveLength(2)
})

test('an unknown command names the known ones', async () => {
  const { run } = await makeClone()
  const { code, output } = await run(['strat'])
  expect(code).toBe(1)
  expect(output).toMatch(/^Unknown command "strat"; use one of start, .*\.$/)
})

const file = (status: string, ...tests: string[]) => ({
  name: '/made/up.test.ts',
  status,
  message: '',
  assertionResults: tests.map((status) => ({
    status,
    fullName: `a ${status} one`,
    failureMessages: ['1 is not 2\nat up'],
  })),
})

test.each([
  {
    says: '2 passed, 1 failed, 2 skipped',
    files: [file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed', 'todo')],
    exit: '1',
  },
  { says: '0 passed, 2 failed, 0 skipped', files: [file('failed', 'failed'), file('failed')], exit: '1' },
  { says: '1 passed, 1 failed, 0 skipped', files: [file('passed', 'passed'), file('failed')], exit: '1' },
  { says: '1 passed, 1 failed, 0 skipped', files: [file('passed', 'passed')], exit: '1' },
  { says: '1 passed, 0 failed, 0 skipped', files: [file('passed', 'passed')], exit: '0' },
  { says: '0 passed, 0 failed, 1 skipped', files: [file('passed', 'skipped')], exit: '0' },
  { says: '0 passed, 1 failed, 0 skipped', files: undefined, exit: '1' },
])('the last line counts from the report: $says', async ({ says, files, exit }) => {
  const { run } = await makeClone()
  const report = files ? { REPORT: JSON.stringify({ testResults: files }) } : {}
  const { code, output } = await run(['test:long'], { ...report, VITEST_EXIT: exit })
  const lines = output.split('\n')
  expect(lines.at(-1)).toBe(says)
  const failures = lines.filter((line) => line.startsWith('Failed: '))
  expect(says).toContain(` ${failures.length} failed,`)
  if (says.startsWith('2 passed'))
    expect(failures[0]).toMatch(/made\/up\.test\.ts \| a failed one \| 1 is not 2 ⏎ at up$/)
  expect(code).toBe(/^[1-9]\d* passed, 0 failed/.test(says) ? 0 : 1)
})
