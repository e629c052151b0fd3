import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { makeDataDir, startDeskProcess } from '#test/desk-process.ts'

type SignIn = { name: string; email: string; password: string; roles: string }

/** A desk with the demo company, wherever it runs, and its people's sign-ins. */
export type DemoDesk = { url: string; signIns: SignIn[]; remove: () => Promise<void> }

/**
 * The desk at DESK_URL with the sign-ins in its DATA_DIR (./.data unless set); without DESK_URL one of its own, once the
 * demo company is whole.
 */
export async function findDemoDesk(): Promise<DemoDesk> {
  const { DESK_URL, DATA_DIR = '.data' } = process.env
  if (DESK_URL)
    return { url: DESK_URL.replace(/\/$/, ''), signIns: await readSignIns(DATA_DIR), remove: async () => {} }
  const { dataDir, remove } = await makeDataDir()
  const desk = await startDeskProcess(dataDir, { args: [] }).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return {
    url: desk.url,
    signIns: await readSignIns(dataDir),
    async remove() {
      await desk.stop()
      await remove()
    },
  }
}

/** A browser window's worth of cookies for the person with this role; all cookies of one role serve every picture. */
export async function signInAs(
  browser: Browser,
  { url, signIns }: DemoDesk,
  role: string,
): Promise<NonNullable<BrowserContextOptions['storageState']>> {
  const who = signIns.find(({ roles }) => roles.split(', ').includes(role))
  if (!who) throw new Error(`Nobody of the demo company is ${role}.`)
  const context = await browser.newContext()
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: who.email, password: who.password },
    headers: { origin: url },
  })
  if (!answer.ok()) throw new Error(`${who.email} could not sign in: ${await answer.text()}`)
  const state = await context.storageState()
  await context.close()
  return state
}

/** Reads one answer of the API with the cookies of a window. */
export async function ask<T>(context: BrowserContext, url: string, path: string): Promise<T> {
  const answer = await context.request.get(`${url}/api/v1${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Waits until the demo company has lived through its days, saying how far it is. */
export async function demoIsWhole(context: BrowserContext, url: string): Promise<void> {
  for (;;) {
    const { demo } = await ask<{ demo: { done: number; total: number } | null }>(context, url, '/me')
    if (!demo) return
    process.stdout.write(`Waiting for the demo company: ${demo.done} of ${demo.total}\n`)
    await sleep(5000)
  }
}

async function readSignIns(dataDir: string): Promise<SignIn[]> {
  const file = join(dataDir, 'demo-sign-ins.json')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`There are no demo sign-ins at ${file}: start that desk without --empty, or set DATA_DIR.`)
  })
  return JSON.parse(text) as SignIn[]
}
