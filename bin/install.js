import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modules, pathWithoutTools, pinnedNode, root } from './paths.js'

const stamp = join(modules, '.installed-lock')

/** True when node_modules is missing, half-installed or made from another package-lock.json. npm ci starts by deleting
 * node_modules, the stamp with it, so an install that was cut short leaves none. */
export function isStale() {
  return !existsSync(pinnedNode) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash()
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** Runs npm ci; resolves to its exit code. Its output is shown only when it fails. */
export async function install() {
  console.log('Installing dependencies (once, about a minute)…')
  const hash = lockHash()
  const { code, output } = await npmCi()
  if (code !== 0) {
    process.stderr.write(output)
    console.error('Installing the dependencies failed; npm says why above.')
    return code
  }
  if (!existsSync(pinnedNode)) {
    console.error('npm ran no install scripts, so the pinned Node is missing; unset ignore-scripts and try again.')
    return 1
  }
  writeFileSync(stamp, hash)
  return 0
}

function npmCi() {
  // --include=dev: the web app is built here, so NODE_ENV=production must not drop the build tools.
  const args = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress']
  const npm = spawn('npm', args, {
    cwd: root,
    env: { ...process.env, PATH: pathWithoutTools() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk))
  const forward = (signal) => npm.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve) => {
    npm.on('error', (error) => resolve({ code: 1, output: `Could not run npm: ${error.message}\n` }))
    npm.on('close', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve({ code: signal ? 130 : (code ?? 1), output })
    })
  })
}
