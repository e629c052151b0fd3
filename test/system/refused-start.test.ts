import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { makeDataDir, refusedStart } from '#test/desk-process.ts'
import { createTestDatabase } from '#test/postgres.ts'

const secret = 's'.repeat(32)

async function dataFolder(): Promise<string> {
  const { dataDir, remove } = await makeDataDir()
  onTestFinished(remove)
  return dataDir
}

async function refusal(env: Record<string, string>, args?: string[]) {
  const said = await refusedStart(await dataFolder(), { env, ...(args && { args }) })
  expect(said).toMatchObject({ code: 1, stdout: '' })
  // What came before is progress; no stack and no log line tells the reason a second time.
  expect(said.stderr).not.toMatch(/^ +at |"level":/m)
  const sentence = said.stderr.trimEnd().split('\n').at(-1) ?? ''
  expect(sentence).toMatch(/\.$/)
  return sentence
}

async function takenPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return String(typeof address === 'object' && address?.port)
}

test.each(['PORT', 'SMTP_IN_PORT', 'EMULATORS_PORT', 'EMULATORS_SMTP_PORT'])('%s in use', async (name) => {
  const port = await takenPort()
  expect(await refusal({ [name]: port })).toContain(`${name}=${port} is already in use`)
})

test('a data folder that cannot be written', async () => {
  const file = join(await dataFolder(), 'file')
  await writeFile(file, '')
  expect(await refusal({ DATA_DIR: file })).toContain(`The data folder ${file} is not a folder`)
})

test('bad values name the variable', async () => {
  expect(await refusal({ PORT: 'eighty' })).toContain('PORT must be')
  expect(await refusal({ ADMIN_API_KEY: 'short' })).toContain('ADMIN_API_KEY must be')
  expect(await refusal({ STRIPE_SECRET_KEY: 'sk_live_1' })).toContain('STRIPE_WEBHOOK_SECRET must be set')
  expect(await refusal({ HOST: '0.0.0.0' }, [])).toContain('HOST=0.0.0.0 would show the demo')
  expect(await refusal({}, ['--emtpy'])).toContain('"--emtpy"')
})

test('a database that cannot be reached or refuses us', async () => {
  const { url, drop } = await createTestDatabase()
  onTestFinished(drop)
  const wrong = new URL(url)
  wrong.password = 'wrong'
  const silent = `postgres://desk:desk@127.0.0.1:1/desk`
  expect(await refusal({ DATABASE_URL: silent, SECRET_KEY: secret })).toContain('nothing answers there')
  const refused = await refusal({ DATABASE_URL: wrong.href, SECRET_KEY: secret })
  expect(refused).toContain('refuses this user or password')
  expect(refused).not.toContain('wrong')
})

test('a database newer than the code', async () => {
  const { url, drop } = await createTestDatabase()
  onTestFinished(drop)
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9000000000000)`)
  await client.end()
  expect(await refusal({ DATABASE_URL: url, SECRET_KEY: secret })).toContain('newer version of Mainstay')
})
