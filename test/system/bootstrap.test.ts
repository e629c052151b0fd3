import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '#platform/embedded-postgres/processes.ts'
import { makeDataDir, startDeskProcess } from '#test/desk-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A clone that counts as installed: our code by links, so that no test can start an install in this one. */
async function makeClone(): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), 'mainstay-clone-'))
  onTestFinished(() => rm(clone, { recursive: true, force: true }))
  await cp(join(root, 'bin'), join(clone, 'bin'), { recursive: true })
  await cp(join(root, 'package.json'), join(clone, 'package.json'))
  await writeFile(join(clone, 'package-lock.json'), 'installed')
  await mkdir(join(clone, 'node_modules'))
  await writeFile(join(clone, 'node_modules/.installed-lock'), createHash('sha256').update('installed').digest('hex'))
  await symlink(join(root, 'node_modules/node'), join(clone, 'node_modules/node'))
  await symlink(join(root, 'server'), join(clone, 'server'))
  return clone
}

async function startByNpm(clone: string, dataDir: string, port: string) {
  const desk = await startDeskProcess(dataDir, {
    command: ['npm', 'start', '--'],
    cwd: clone,
    ownGroup: true,
    env: { PORT: port },
  })
  onTestFinished(() => desk.kill())
  return desk
}

const isReady = (url: string) => fetch(`${url}/readyz`).then((answer) => answer.ok)

test('npm start, ended by Ctrl-C or by kill -9 of npm itself, leaves its port to the next one', async () => {
  const clone = await makeClone()
  const { dataDir, remove } = await makeDataDir()
  onTestFinished(remove)
  const first = await startByNpm(clone, dataDir, '0')
  const { port } = new URL(first.url)
  const server = Number((await readFile(join(dataDir, 'pg/data/postmaster.pid'), 'utf8')).split('\n')[0])
  await first.kill()

  const second = await startByNpm(clone, dataDir, port)
  expect(await isReady(second.url)).toBe(true)
  expect(await isAlive(server)).toBe(false)
  await second.stop()
  await expect.poll(() => isReady(second.url).catch(() => 'gone'), { timeout: 20_000 }).toBe('gone')
})
