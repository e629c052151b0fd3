import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeDataDir, startDeskProcess, type DeskProcess } from './desk-process.ts'

export type Answered<T = Record<string, unknown>> = { status: number; body: T }

/** A whole desk in processes of its own, with its database and its outside world, that can be killed and started again. */
export type RunningDesk = {
  dataDir: string
  /** Below /api/v1, as an admin. */
  api<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered<T>>
  /** Below /control of the outside world. */
  world<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answered<T>>
  /** Where it takes mail now. */
  smtpPort(): number
  url(): string
  pid(): number
  said(): { stdout: string; stderr: string }
  /** Waits until the process has ended by itself, as it does at a failpoint. */
  ended(): Promise<void>
  /** As kill -9 does; the database keeps running. */
  kill(): Promise<void>
  stop(): Promise<number | null>
  start(env?: Record<string, string>): Promise<void>
  /** Ends everything, database included. */
  remove(): Promise<void>
}

const adminKey = 'the-admin-key-of-a-running-test-desk'

/** Starts a desk on free ports in a data folder of its own, below `parent` unless that is the machine's temporary one. */
export async function startRunningDesk(env: Record<string, string> = {}, parent?: string): Promise<RunningDesk> {
  const { dataDir, remove } = await makeDataDir(parent)
  const launch = (more: Record<string, string>) =>
    startDeskProcess(dataDir, {
      command: [process.execPath, '--max-semi-space-size=16', 'server/main.ts'],
      env: { ADMIN_API_KEY: adminKey, MAINSTAY_CHECK_RESULTS: '1', ...more },
    })
  let desk: DeskProcess
  try {
    desk = await launch(env)
  } catch (error) {
    await remove()
    throw error
  }
  const line = (pattern: RegExp) => pattern.exec(desk.said().stdout)?.[1] ?? ''
  const worldUrl = () => line(/outside world .* is at (\S+)/)
  return {
    dataDir,
    api: (method, path, body, headers) =>
      call(`${desk.url}/api/v1${path}`, method, body, { authorization: `Bearer ${adminKey}`, ...headers }),
    world: (method, path, body) => call(`${worldUrl()}/control${path}`, method, body),
    smtpPort: () => Number(line(/received on port (\d+)/)),
    url: () => desk.url,
    pid: () => desk.child.pid ?? 0,
    said: () => desk.said(),
    async ended() {
      if (desk.child.exitCode === null && desk.child.signalCode === null) await once(desk.child, 'exit')
    },
    kill: () => desk.kill(),
    stop: () => desk.stop(),
    async start(more = {}) {
      desk = await launch({ ...env, ...more })
    },
    async remove() {
      await desk.kill()
      await remove()
    },
  }
}

async function call<T>(url: string, method: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false
  return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as T }
}

/** Asks again and again until the answer is what is wanted; failures of the asking count as not yet. */
export async function until<T>(ask: () => Promise<T | undefined | false>, what: string, seconds = 30): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  let trouble: unknown
  while (performance.now() < deadline) {
    try {
      const found = await ask()
      if (found !== undefined && found !== false) return found
    } catch (error) {
      trouble = error
    }
    await sleep(100)
  }
  throw new Error(`Waited ${seconds} s in vain for ${what}`, { cause: trouble })
}
