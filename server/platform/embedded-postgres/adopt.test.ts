import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCredentials } from './credentials.ts'
import { startEmbeddedPostgres } from './index.ts'
import { adopt } from './server.ts'

test('where the system does not tell what a process is, the port is asked', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mainstay-pg-'))
  const database = await startEmbeddedPostgres({ dataDir, log: { info() {}, warn() {} } })
  onTestFinished(async () => {
    await database.stop()
    await rm(dataDir, { recursive: true })
  })
  const { superuserPassword } = (await readCredentials(dataDir)) ?? { superuserPassword: '' }
  const folder = join(dataDir, 'pg/data')
  const cluster = { folder, log: '', binaries: '', user: undefined, superuserPassword, settings: {} }
  expect(await adopt(cluster, '/nowhere')).toMatchObject({ port: database.port })
})
