import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Prepared } from './announce.ts'
import type { Config } from './config.ts'
import { readDemoState, saveDemoState } from './demo-state.ts'
import type { Desk } from './desk.ts'
import { emulatedCounterparts } from './emulated.ts'
import { demoAgents } from '../demo/company.ts'
import { acceptInvitation, inviteAgent } from '#modules/team/index.ts'

const SignIns = z.array(z.object({ name: z.string(), email: z.string(), password: z.string(), roles: z.string() }))
type SignIns = Prepared['signIns']

/**
 * Makes the people of the demo company on a desk that has none, and returns how they sign in; nothing on any other desk.
 * Their passwords are random and kept in DATA_DIR, so that every start can tell them again.
 */
export async function prepareDemo(desk: Desk, config: Config): Promise<SignIns> {
  const file = join(config.dataDir, 'demo-sign-ins.json')
  if (!(await readDemoState(desk.connection))) {
    if (!wanted(config) || (await hasAgents(desk))) return []
    await writeFile(file, JSON.stringify(newSignIns(), null, 2), { mode: 0o600 })
    const now = desk.now()
    await saveDemoState(desk.connection, {
      run: now.epochMilliseconds.toString(36),
      now: now.toString(),
      done: 0,
      finished: false,
    })
  }
  const signIns = await readSignIns(file)
  for (const [index, agent] of demoAgents.entries()) {
    const password = signIns[index]?.password
    if (password) await addAgent(desk, agent, password)
  }
  return signIns
}

/** The demo is driven through the emulators: with a real mail server or a real Stripe it would reach real people. */
function wanted(config: Config): boolean {
  const isWhole = config.roles.includes('web') && config.roles.includes('worker')
  return !config.empty && isWhole && emulatedCounterparts(config).length === 2
}

async function hasAgents(desk: Desk): Promise<boolean> {
  const { rowCount } = await desk.connection.query('select from agents limit 1')
  return rowCount !== 0
}

async function addAgent(desk: Desk, agent: (typeof demoAgents)[number], password: string): Promise<void> {
  const { rowCount } = await desk.connection.query('select from agents where email = $1', [agent.email])
  if (rowCount !== 0) return
  await desk.transaction(async (tx) => {
    const { invitationUrl } = await inviteAgent(tx, { name: agent.name, email: agent.email, roles: agent.roles })
    const token = new URL(invitationUrl).searchParams.get('token') ?? ''
    await acceptInvitation(tx, { token, password })
  })
}

function newSignIns(): SignIns {
  return demoAgents.map(({ name, email, roles }) => ({ name, email, password: newPassword(), roles: roles.join(', ') }))
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups that can be read out and typed: 79 bits. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

async function readSignIns(file: string): Promise<SignIns> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? [] : SignIns.parse(JSON.parse(text))
}
