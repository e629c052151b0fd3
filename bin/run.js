#!/usr/bin/env node
// Plain JavaScript for Node 20: makes sure that node_modules matches the lock file, then hands over to the pinned Node.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { clearAbandoned, isAlive, launcherPid, register } from './desks.js'
import { install, isStale } from './install.js'
import { pathWithTools, pinnedNode, root } from './paths.js'

const vitest = 'node_modules/vitest/vitest.mjs'
const commands = {
  start: ['server/main.ts'],
  dev: ['--watch', 'server/main.ts'],
  test: ['bin/test.js'],
  'test:long': ['bin/test-long.js'],
  check: ['bin/check.js'],
  bench: ['bench/main.ts'],
  e2e: [vitest, 'run', '--config', 'vitest.e2e.config.ts'],
  screenshots: ['test/e2e/screenshots.ts'],
  doctor: ['server/doctor/main.ts'],
  'db:new': ['node_modules/drizzle-kit/bin.cjs', 'generate'],
  'db:migrate': ['server/migrate.ts'],
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(`Unknown command "${name}"; use one of ${Object.keys(commands).join(', ')}.`)
  process.exit(1)
}
process.chdir(root)
if (isStale()) {
  const code = await install()
  if (code !== 0) process.exit(code)
}
if (name === 'start') await clearAbandoned()
run()

function run() {
  const isDesk = name === 'start'
  const child = spawn(pinnedNode, ['--max-semi-space-size=16', ...command, ...args], {
    env: { ...process.env, PATH: pathWithTools() },
    // The channel closes when this process dies in any way, and the desk then stops by itself.
    stdio: isDesk ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  child.on('error', (error) => {
    console.error(`Could not run ${join(root, 'node_modules/node')}: ${error.message}`)
    process.exit(1)
  })
  const forget = isDesk && child.pid ? watchLauncher(child) : () => {}
  forwardSignals(child, isDesk)
  child.on('exit', (code, signal) => {
    forget()
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1))
  })
}

function watchLauncher(child) {
  const launcher = launcherPid()
  const forget = register({ bootstrap: process.pid, child: child.pid, launcher })
  if (launcher === undefined) return forget
  const timer = setInterval(() => {
    if (isAlive(launcher)) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 250)
  timer.unref()
  return forget
}

/** In a terminal Ctrl-C reaches the child directly too. The desk takes signals in quick succession as one; other tools
 * may take a second SIGINT as "at once", so they get ours only where no terminal sent it. */
function forwardSignals(child, isDesk) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || isDesk || !process.stdin.isTTY) child.kill(signal)
    })
  }
}
