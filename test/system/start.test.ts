import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '#platform/embedded-postgres/processes.ts'
import { makeDataDir, startDeskProcess, type DeskOptions } from '#test/desk-process.ts'

async function dataFolder(): Promise<string> {
  const { dataDir, remove } = await makeDataDir()
  onTestFinished(remove)
  return dataDir
}

async function startDesk(dataDir: string, options?: DeskOptions) {
  const desk = await startDeskProcess(dataDir, options)
  onTestFinished(() => desk.kill())
  return desk
}

async function postmaster(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'pg/data/postmaster.pid'), 'utf8')).split('\n')[0])
}

const readiness = (url: string) => fetch(`${url}/readyz`).then((answer) => answer.status, String)

test('a fresh start prints the address and the sign-ins; Ctrl-C stops everything; a second start works', async () => {
  const dataDir = await dataFolder()
  const first = await startDesk(dataDir, { args: [] })
  expect(await readiness(first.url)).toBe(200)
  expect(first.said().stdout).toMatch(/Sign in as:\n( +\S+@\S+ +\S+ +.+\n)+/)
  const server = await postmaster(dataDir)
  expect(await first.stop()).toBe(0)
  expect(await isAlive(server)).toBe(false)
  expect(await readiness(first.url)).toContain('fetch failed')

  const second = await startDesk(dataDir, { args: [] })
  expect(await readiness(second.url)).toBe(200)
  const signIns = (text: string) => text.slice(text.indexOf('Sign in as:'))
  expect(signIns(second.said().stdout)).toBe(signIns(first.said().stdout))
  expect(await second.stop()).toBe(0)
})

test('an empty desk prints a one-time link for the first admin', async () => {
  const desk = await startDesk(await dataFolder())
  expect(desk.said().stdout).toMatch(/Make the first admin: http:\S+/)
})

test('after kill -9 of the desk the next start recovers', async () => {
  const dataDir = await dataFolder()
  const desk = await startDesk(dataDir)
  const server = await postmaster(dataDir)
  await desk.kill()
  expect(await isAlive(server)).toBe(true)
  const next = await startDesk(dataDir)
  expect(await readiness(next.url)).toBe(200)
  expect(await next.stop()).toBe(0)
  expect(await isAlive(server)).toBe(false)
})

test('after kill -9 of the database the desk recovers, and so does the next start', async () => {
  const dataDir = await dataFolder()
  const desk = await startDesk(dataDir)
  process.kill(await postmaster(dataDir), 'SIGKILL')
  await expect.poll(() => readiness(desk.url), { timeout: 20_000 }).toBe(503)
  await expect.poll(() => readiness(desk.url), { timeout: 20_000 }).toBe(200)
  process.kill(await postmaster(dataDir), 'SIGKILL')
  await desk.kill()
  const next = await startDesk(dataDir)
  expect(await readiness(next.url)).toBe(200)
})

test('a second desk on the same data folder does not take the database away from the first', async () => {
  const dataDir = await dataFolder()
  const first = await startDesk(dataDir)
  const second = await startDesk(dataDir)
  expect(await second.stop()).toBe(0)
  expect(await readiness(first.url)).toBe(200)
  const server = await postmaster(dataDir)
  expect(await first.stop()).toBe(0)
  expect(await isAlive(server)).toBe(false)
})
