import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '#server/doctor/finding.ts'
import { startRunningDesk, type RunningDesk } from '#test/running-desk.ts'
import type { Client } from 'pg'
import { openDatabase } from '../../bench/seed-tickets.ts'

const doctor = fileURLToPath(new URL('../../server/doctor/main.ts', import.meta.url))

let desk: RunningDesk
let smtpPort: string
beforeAll(async () => {
  smtpPort = String(await freePort())
  desk = await startRunningDesk({ EMULATORS_SMTP_PORT: smtpPort })
  await desk.api('POST', '/mailboxes', { address: 'help@acme.test' })
})
afterAll(() => desk.remove())

async function database(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = await openDatabase(desk.dataDir)
  await work(client).finally(() => client.end())
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The command as somebody types it, beside the desk that runs. */
async function run(args: string[], env: Record<string, string> = {}) {
  const world = new URL(/outside world .* is at (\S+)/.exec(desk.said().stdout)?.[1] ?? 'http://none')
  const child = spawn(process.execPath, [doctor, 'mail', ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: desk.dataDir,
      PORT: new URL(desk.url()).port,
      SMTP_IN_PORT: String(desk.smtpPort()),
      EMULATORS_PORT: world.port,
      EMULATORS_SMTP_PORT: smtpPort,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

const findings = (stdout: string) => (JSON.parse(stdout) as { findings: Finding[] }).findings
const byCheck = (all: readonly Finding[], check: string, about?: string) =>
  all.find((finding) => finding.check === check && (about === undefined || finding.about.includes(about)))

/** A DNS of our own, in the shape that the emulated world has. */
async function serveDns(zone: Record<string, unknown[]>): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://dns.test')
    const answers = zone[`${searchParams.get('type')} ${searchParams.get('name')}`]
    response.statusCode = answers ? 200 : 404
    response.end(JSON.stringify({ answers }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

test('a desk that is well is said to be well, line by line, and the command ends with 0', async () => {
  const { code, stdout, stderr } = await run(['--selector', 'world'])
  expect(stderr).toBe('')
  expect(stdout).toMatch(/OK +dns\.mx +acme\.test: Mail for it goes to mx\.acme\.test/)
  expect(stdout).toMatch(/OK +dns\.spf +acme\.test: It lets 127\.0\.0\.1 send/)
  expect(stdout).toMatch(/OK +dns\.dkim +acme\.test/)
  expect(stdout).toMatch(/OK +dns\.dmarc +acme\.test: DMARC is in force \(p=reject\)/)
  expect(stdout).toMatch(/OK +ports\.smtp_in .*encrypted \(TLSv1\.[23]/)
  expect(stdout).toMatch(/OK +ports\.smtp_out .*nothing leaves this machine/)
  expect(stdout).toMatch(/warning +dns +localhost: It is no domain of the internet/)
  expect(stdout).toMatch(/OK +clock +the database/)
  expect(stdout).toMatch(/0 problems\n$/)
  expect(code).toBe(0)
})

test('what is wrong in DNS is named with what to do, and the command ends with 1', async () => {
  const dns = await serveDns({
    'MX acme.test': [{ exchange: '', priority: 0 }],
    'A acme.test': ['192.0.2.1'],
    'TXT acme.test': [['v=spf1 ip4:192.0.2.1 ', '-all']],
    'TXT _dmarc.acme.test': [['v=DMARC1; p=none']],
  })
  const { code, stdout } = await run(['--json', '--dns', dns.url, '--ip', '198.51.100.7'])
  dns.server.close()
  const all = findings(stdout)
  expect(byCheck(all, 'dns.mx', 'acme')).toMatchObject({ level: 'problem', todo: expect.stringContaining('null MX') })
  expect(byCheck(all, 'dns.spf', 'acme')).toMatchObject({
    level: 'problem',
    found: 'It does not let 198.51.100.7 send (fail).',
  })
  expect(byCheck(all, 'dns.dmarc', 'acme')).toMatchObject({ level: 'warning' })
  expect(byCheck(all, 'dns.dkim', 'acme')).toMatchObject({ level: 'warning' })
  expect(code).toBe(1)
})

test('the desk’s own DKIM key is compared with what is published', async () => {
  const made = await desk.api<{ selector: string; record: { name: string; value: string } }>('POST', '/dkim-keys', {
    domain: 'acme.test',
    algorithm: 'rsa',
  })
  expect(made.status).toBe(201)
  const { record, selector } = made.body
  await database((client) => client.query('update dkim_keys set enabled = true where selector = $1', [selector]))
  const looked = async (value: string) => {
    const dns = await serveDns({ [`TXT ${record.name}`]: [[value.slice(0, 200), value.slice(200)]] })
    const { stdout } = await run(['--json', '--dns', dns.url])
    dns.server.close()
    return byCheck(findings(stdout), 'dns.dkim', 'acme')
  }
  expect(await looked(record.value)).toMatchObject({ level: 'ok' })
  expect(await looked('v=DKIM1; k=rsa; p=MIIBother')).toMatchObject({
    level: 'problem',
    found: expect.stringContaining('another key'),
  })
})

test('an outgoing server that cannot be reached is a problem of its own', async () => {
  const { code, stdout } = await run(['--json'], { SMTP_URL: 'smtp://mia:secret@127.0.0.1:1' })
  expect(byCheck(findings(stdout), 'ports.smtp_out')).toMatchObject({
    level: 'problem',
    found: expect.stringContaining('cannot be reached'),
  })
  expect(code).toBe(1)
})

test('a mailbox that is read over IMAP is tried with its password', async () => {
  const boxes = await desk.api<{ items: { id: string; address: string }[] }>('GET', '/mailboxes')
  const box = boxes.body.items.find(({ address }) => address === 'help@acme.test')
  const saved = await desk.api('PUT', `/mailboxes/${box?.id}/feed`, {
    host: '127.0.0.1',
    port: 1,
    security: 'tls',
    user: 'help',
    auth: { kind: 'password', password: 'secret' },
  })
  expect(saved.status).toBe(200)
  const { code, stdout } = await run(['--json'])
  expect(byCheck(findings(stdout), 'imap', 'help@acme.test')).toMatchObject({
    level: 'problem',
    todo: expect.stringContaining('password'),
  })
  expect(code).toBe(1)
})

test('it reads the desk while nothing runs, and says what could not be tried', async () => {
  await desk.stop()
  const { code, stdout, stderr } = await run(['--json', '--dns', 'http://127.0.0.1:1'], {
    SMTP_URL: 'smtp://127.0.0.1:1',
  })
  expect(stderr).toBe('')
  const all = findings(stdout)
  expect(byCheck(all, 'ports.smtp_in')).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('does not run'),
  })
  expect(byCheck(all, 'dns', 'acme')).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('could not be asked'),
  })
  expect(code).toBe(1)
})

test('without a desk it says so', async () => {
  const { code, stderr } = await run([], { DATA_DIR: '/nowhere/at/all' })
  expect(stderr).toBe('There is no desk in /nowhere/at/all yet; DATA_DIR or DATABASE_URL says where it is.\n')
  expect(code).toBe(2)
})
