import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stopEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

export interface DeskProcess {
  child: ChildProcess
  /** Where the agent app and the API answer, without a trailing slash. */
  url: string
  /** What it has said so far, on stdout and stderr. */
  said: () => { stdout: string; stderr: string }
  /** Sends SIGINT, as Ctrl-C does, and resolves to the exit code. */
  stop: () => Promise<number | null>
  /** Ends the process as kill -9 does; its database keeps running, as it would then. */
  kill: () => Promise<void>
}

export interface DeskOptions {
  env?: Record<string, string | undefined>
  /** `--empty` unless given. */
  args?: string[]
  /** Program and first arguments, where not `node server/main.ts`. */
  command?: string[]
  cwd?: string
  /** A process group of its own, which `stop` then signals as a whole, as a terminal does on Ctrl-C. */
  ownGroup?: boolean
}

/** Starts a desk in a process of its own, on free ports, and resolves when it has printed its address; rejects with
 * what it said when it ends before. */
export async function startDeskProcess(dataDir: string, options: DeskOptions = {}): Promise<DeskProcess> {
  const { child, said } = launch(dataDir, options)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const address = /ready at (\S+)/.exec(said().stdout)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`The desk ended with ${code}: ${said().stdout}${said().stderr}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    if (signal === 'SIGINT' && options.ownGroup && child.pid) process.kill(-child.pid, signal)
    else child.kill(signal)
    const [code] = await once(child, 'exit')
    return typeof code === 'number' ? code : null
  }
  return {
    child,
    url,
    said,
    stop: () => end('SIGINT'),
    async kill() {
      await end('SIGKILL')
    },
  }
}

/** Runs a desk that is expected not to start; resolves to its exit code and what it said. */
export async function refusedStart(dataDir: string, options: DeskOptions = {}) {
  const { child, said } = launch(dataDir, options)
  const [code] = await once(child, 'close')
  return { code: typeof code === 'number' ? code : null, ...said() }
}

/** A data folder for a desk process, as `mktemp -d` makes it; `remove` ends the database left in it. */
export async function makeDataDir(
  parent: string = tmpdir(),
): Promise<{ dataDir: string; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(parent, 'mainstay-desk-'))
  return {
    dataDir,
    async remove() {
      await stopEmbeddedPostgres(dataDir).catch(() => {})
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function launch(dataDir: string, { env = {}, args = ['--empty'], command, cwd, ownGroup = false }: DeskOptions) {
  const [program = '', ...first] = command ?? [process.execPath, main]
  const ports = { PORT: '0', SMTP_IN_PORT: '0', EMULATORS_PORT: '0', EMULATORS_SMTP_PORT: '0' }
  const child = spawn(program, [...first, ...args], {
    cwd,
    detached: ownGroup,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return { child, said: () => ({ stdout, stderr }) }
}
