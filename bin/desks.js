import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modules } from './paths.js'

const folder = join(modules, '.desks')
const patienceMs = 15_000

/** The process whose death means that nobody holds this desk any more: npm, when npm started us, else none (a desk may
 * be put in the background by a script that then ends). */
export function launcherPid() {
  if (!process.env.npm_lifecycle_event || !process.env.npm_execpath) return undefined
  try {
    // npm runs scripts through `sh -c`, and that shell outlives a killed npm, so look one step further.
    const parent = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').split('\0')
    if (parent[1] !== '-c') return process.ppid
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return process.ppid
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  try {
    // A killed process whose parent has not collected it yet still answers to signals.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return true
  }
}

/** Notes a running desk, so that a later start can tell an abandoned one from one in use. Returns how to forget it. */
export function register(desk) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${desk.child}.json`)
  writeFileSync(file, JSON.stringify(desk))
  return () => rmSync(file, { force: true })
}

/** Desks of this clone whose bootstrap or npm was killed are stopping by themselves; waits for them, then ends those
 * that do not, so that their ports are free again. */
export async function clearAbandoned() {
  for (const { file, desk } of known()) {
    if (isAbandoned(desk)) await end(desk.child)
    if (!isDesk(desk.child)) rmSync(file, { force: true })
  }
}

function known() {
  try {
    return readdirSync(folder).map((name) => {
      const file = join(folder, name)
      return { file, desk: JSON.parse(readFileSync(file, 'utf8')) }
    })
  } catch {
    return []
  }
}

function isAbandoned({ bootstrap, launcher }) {
  return !isAlive(bootstrap) || (launcher !== undefined && !isAlive(launcher))
}

async function end(pid) {
  const deadline = Date.now() + patienceMs
  if (isDesk(pid)) process.kill(pid, 'SIGTERM')
  while (isDesk(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Process ids are reused: only a process that still looks like ours counts. */
function isDesk(pid) {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/main.ts')
  } catch {
    return process.platform !== 'linux'
  }
}
