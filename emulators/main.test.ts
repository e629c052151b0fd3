import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createTransport } from 'nodemailer'
import { afterEach, expect, test } from 'vitest'

type Ready = { ready: true; url: string; smtpPort: number }

const main = new URL('./main.ts', import.meta.url).pathname
const started: ChildProcess[] = []
const folders: string[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function run(env: Record<string, string>, command: string[] = [process.execPath, main]) {
  const [file = '', ...args] = command
  const child = spawn(file, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

async function ready(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('no stdout')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return JSON.parse(line) as Ready
}

const anyPort = { EMULATORS_PORT: '0', EMULATORS_SMTP_PORT: '0' }
const answers = (url: string) =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emulators-'))
  folders.push(path)
  return path
}

test('says where it listens and stops cleanly when asked', async () => {
  const child = run(anyPort)
  const { url } = await ready(child)
  expect(await answers(url)).toBe(true)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('leaves by itself when its parent is killed', async () => {
  const parent = `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, [${JSON.stringify(main)}], { stdio: ['pipe', 'inherit', 'inherit'] })
    setInterval(() => child.pid, 1000)`
  const child = run(anyPort, [process.execPath, '-e', parent])
  const { url } = await ready(child)
  expect(await answers(url)).toBe(true)
  child.kill('SIGKILL')
  await expect.poll(() => answers(url), { timeout: 10_000 }).toBe(false)
})

test('a taken port and a wrong setting stop the start with one sentence', async () => {
  const holder = createServer()
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  for (const name of ['EMULATORS_PORT', 'EMULATORS_SMTP_PORT']) {
    const { code, words } = await failure(run({ ...anyPort, [name]: String(port) }))
    expect({ code, words }).toEqual({
      code: 1,
      words: `Port ${port} is already in use: stop what listens there or set ${name} to a free port.`,
    })
  }
  holder.close()
  expect(await failure(run({ ...anyPort, EMULATORS_PORT: 'many' }))).toMatchObject({
    code: 1,
    words: expect.stringMatching(/^EMULATORS_PORT is not valid: /),
  })
})

async function failure(child: ChildProcess) {
  let words = ''
  child.stderr?.on('data', (chunk) => (words += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, words: words.trim() }
}

test('mail, faults and the clock survive a kill', async () => {
  const env = { ...anyPort, EMULATORS_DATA_DIR: folder() }
  const first = run(env)
  const before = await ready(first)
  const post = (path: string, body: object) =>
    fetch(`${before.url}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const transport = createTransport({ host: '127.0.0.1', port: before.smtpPort, ignoreTLS: true })
  await transport.sendMail({ from: 'a@desk.test', to: 'ann@acme.test', messageId: '<kept@desk.test>', text: 'kept' })
  await post('/mail/faults', { kind: 'bounce', match: { recipient: 'ann@acme.test' } })
  await post('/clock', { offsetMs: 86_400_000 })
  first.kill('SIGKILL')
  await once(first, 'exit')

  const { url } = await ready(run(env))
  const get = async (path: string) => (await fetch(`${url}/control${path}`)).json()
  expect(await get('/mail/received?messageId=kept@desk.test')).toMatchObject({ count: 1 })
  expect(await get('/mail/faults')).toMatchObject({ items: [{ kind: 'bounce', recipient: 'ann@acme.test' }] })
  expect(await get('/clock')).toMatchObject({ offsetMs: 86_400_000 })
})
