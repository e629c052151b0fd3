import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { StartError } from '../start-error.ts'
import { run } from './command.ts'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from './index.ts'
import { isAlive } from './processes.ts'
import { canEnter } from './reach.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const log = { info() {}, warn() {} }

/** An empty folder, as `mktemp -d` makes it (0700), removed after the test with what runs in it. */
async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-pg-'))
  onTestFinished(async () => {
    await stopEmbeddedPostgres(folder).catch(() => {})
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** Starts the database from a process that then goes without stopping it, as a killed desk does. */
async function startAndVanish(dataDir: string, user?: typeof nobody): Promise<{ url: string; port: number }> {
  const code = `import { startEmbeddedPostgres } from '${new URL('./index.ts', import.meta.url).href}'
    const { url, port } = await startEmbeddedPostgres({ dataDir: '${dataDir}', log: { info() {}, warn() {} } })
    console.log(JSON.stringify({ url, port })); process.exit()`
  const { output } = await run(process.execPath, ['--input-type=module-typescript', '-e', code], user)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '')
}

async function ask<T>(url: string, question: string): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ answer: T }>(question)
  await client.end()
  if (!rows[0]) throw new Error('no answer')
  return rows[0].answer
}

async function keep(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('create extension pg_trgm; create table kept as select 7 as answer')
  await client.end()
}

async function postmaster(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'pg/data/postmaster.pid'), 'utf8')).split('\n')[0])
}

const start = (dataDir: string, outside?: string) =>
  startEmbeddedPostgres({ dataDir, log, ...(outside && { outside }) })

test('a first start makes the database; stop stops it; a second start finds what was stored', async () => {
  const dataDir = await temporaryFolder()
  const first = await start(dataDir)
  await keep(first.url)
  expect(await ask(first.url, 'select rolsuper as answer from pg_roles where rolname = current_user')).toBe(false)
  expect(await ask(first.url, `select current_setting('fsync') as answer`)).toBe('on')
  const pid = await postmaster(dataDir)
  await first.stop()
  expect(await isAlive(pid)).toBe(false)
  const second = await start(dataDir)
  expect(await ask(second.url, 'select answer from kept')).toBe(7)
  // No outgoing connection is given its port while it is down.
  expect(second.port).toBeLessThan(32_768)
  await second.stop()
})

test('passwords are for us alone; as root the database user gets only its own folder', async () => {
  const dataDir = await temporaryFolder()
  const database = await start(dataDir)
  const mode = async (name: string) => ((await stat(join(dataDir, name))).mode & 0o777).toString(8)
  expect(await mode('database.json')).toBe('600')
  expect(await mode('pg')).toBe('700')
  if (isRoot) {
    expect(await mode('.')).toBe('711')
    expect((await stat(join(dataDir, 'pg'))).uid).toBe(nobody.uid)
    expect(await canEnter(join(dataDir, 'database-users'), nobody)).toBe(false)
  }
  await database.stop()
})

test('a server left running by a killed desk is adopted', async () => {
  const dataDir = await temporaryFolder()
  const left = await startAndVanish(dataDir)
  const pid = await postmaster(dataDir)
  const database = await start(dataDir)
  expect(await postmaster(dataDir)).toBe(pid)
  expect(database.url).toBe(left.url)
  await database.stop()
  expect(await isAlive(pid)).toBe(false)
})

test('a killed server is started again on its port, at the next start and while we run', async () => {
  const dataDir = await temporaryFolder()
  const { port } = await startAndVanish(dataDir)
  process.kill(await postmaster(dataDir), 'SIGKILL')
  const database = await start(dataDir)
  expect(database.port).toBe(port)
  process.kill(await postmaster(dataDir), 'SIGKILL')
  await expect.poll(() => ask(database.url, 'select 1 as answer').catch(String), { timeout: 20_000 }).toBe(1)
  await database.stop()
})

test('a note whose number another program has got is not taken for a server', async () => {
  const dataDir = await temporaryFolder()
  const { port } = await startAndVanish(dataDir)
  await stopEmbeddedPostgres(dataDir)
  await writeFile(join(dataDir, 'pg/data/postmaster.pid'), `${process.pid}\n${dataDir}/pg/data\n1\n${port}\n`)
  const database = await start(dataDir)
  expect(await postmaster(dataDir)).not.toBe(process.pid)
  await database.stop()
})

test('another process that uses the database keeps it from being stopped', async () => {
  const dataDir = await temporaryFolder()
  const database = await start(dataDir)
  const other = join(dataDir, 'database-users/1')
  await writeFile(other, `1 ${(await readFile('/proc/1/stat', 'utf8').catch(() => '')).split(') ')[1]?.split(' ')[19]}`)
  await database.stop()
  expect(await isAlive(await postmaster(dataDir))).toBe(true)
})

test('a half-made cluster and a left lock are made good', async () => {
  const dataDir = await temporaryFolder()
  await mkdir(join(dataDir, 'pg/data.new/base'), { recursive: true })
  await writeFile(join(dataDir, 'database.lock'), '999999 1')
  const database = await start(dataDir)
  expect(await ask(database.url, 'select 1 as answer')).toBe(1)
  await database.stop()
})

test.skipIf(!isRoot)('a data folder the database user cannot reach: cluster and binaries go elsewhere', async () => {
  const [hidden, outside] = [await temporaryFolder(), await temporaryFolder()]
  await run('chmod', ['755', outside], undefined)
  const dataDir = join(hidden, 'data')
  const first = await start(dataDir, outside)
  await keep(first.url)
  const home = (await readFile(join(dataDir, 'pg-location'), 'utf8')).trim()
  expect(home.startsWith(`${outside}/mainstay-`)).toBe(true)
  await first.stop()
  const second = await start(dataDir, outside)
  expect(await ask(second.url, 'select answer from kept')).toBe(7)
  await second.stop()
})

test.skipIf(!isRoot || !(await canEnter(import.meta.dirname, nobody)))('works as an ordinary user', async () => {
  const dataDir = await temporaryFolder()
  await run('chown', ['65534:65534', dataDir], undefined)
  const { url } = await startAndVanish(join(dataDir, 'data'), nobody)
  expect(await ask(url, 'select current_user as answer')).toBe('mainstay')
  // And root, coming later to the same folder, keeps the owner.
  const database = await start(join(dataDir, 'data'))
  expect((await stat(join(dataDir, 'data/pg'))).uid).toBe(nobody.uid)
  await database.stop()
})

test('a data folder that cannot be made is told in one sentence', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'file'), '')
  for (const dataDir of [join(folder, 'file'), join(folder, 'file/data'), '/proc/mainstay']) {
    const failure = await start(dataDir).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartError)
    expect(String(failure)).toMatch(
      /^StartError: The data folder .* set DATA_DIR to a folder that this user can write\.$/,
    )
  }
})
