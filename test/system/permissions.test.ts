import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles, type Role } from '#contract/team.ts'
import { byKey, callerWith, type Answered } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { permissionsTable, type Allowed } from '#test/permissions.table.ts'
import { bootKey, webDesk, type WebDesk } from '#test/web-desk.ts'

let desk: WebDesk
const keys = new Map<Role, string>()

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  for (const role of roles) {
    const made = await call('POST', '/api-keys', bootKey, { name: role, role })
    keys.set(role, String(made.body.secret))
  }
})
afterAll(() => desk?.close())

/** As an outside program calls: no Origin, no cookie; without a key, nobody. */
function call(method: string, path: string, key?: string, body?: unknown): Promise<Answered> {
  const caller = key ? byKey(desk.url, key) : callerWith(desk.url, {})
  return caller.send(method, path.replace(/\{\w+\}/g, 'x'), body)
}

function mayCall(allowed: Allowed, role: Role): boolean {
  return allowed === 'public' || allowed === 'session' || allowed.includes(role)
}

async function ledgerSize(): Promise<number> {
  const { rows } = await desk.test.world.pool.query<{ n: number }>('select count(*)::int as n from events')
  return rows[0]?.n ?? 0
}

test('the table names every endpoint of the contract once, and nothing else', async () => {
  const wanted = (await declaredEndpoints()).map((endpoint) => `${endpoint.method} ${endpoint.path}`)
  const written = permissionsTable.map(([method, path]) => `${method} ${path}`)
  expect(written.toSorted()).toEqual(wanted.toSorted())
})

test('every endpoint of the table is served', async () => {
  const missing: string[] = []
  for (const [method, path] of permissionsTable) {
    const { status, body } = await call(method, path, bootKey)
    const isNothing = status === 405 || body.error?.message === 'There is nothing at this address.'
    if (isNothing) missing.push(`${method} ${path}`)
  }
  expect(missing).toEqual([])
})

test('nobody gets in anywhere without signing in', async () => {
  const before = await ledgerSize()
  const wrong: string[] = []
  for (const [method, path, allowed] of permissionsTable) {
    const { status, body } = await call(method, path)
    const refused = status === 401 && onlyError(body, 'unauthenticated')
    const open = status !== 401 && status !== 403
    if (allowed === 'public' ? !open : !refused) wrong.push(`${method} ${path} answered ${status}`)
  }
  expect(wrong).toEqual([])
  expect(await ledgerSize()).toBe(before)
})

test.each(roles)('the role %s may call what the table says, and is refused the rest', async (role) => {
  const denied: string[] = []
  const letIn: string[] = []
  const before = await ledgerSize()
  for (const [method, path] of permissionsTable.filter((row) => !mayCall(row[2], role))) {
    const { status, body } = await call(method, path, keys.get(role))
    if (status !== 403 || !onlyError(body, 'forbidden')) letIn.push(`${method} ${path} answered ${status}`)
  }
  expect(await ledgerSize()).toBe(before)
  for (const [method, path] of permissionsTable.filter((row) => mayCall(row[2], role))) {
    const { status } = await call(method, path, keys.get(role))
    if (status === 401 || status === 403 || status >= 500) denied.push(`${method} ${path} answered ${status}`)
  }
  expect({ letIn, denied }).toEqual({ letIn: [], denied: [] })
})

function onlyError(body: Record<string, unknown>, code: string): boolean {
  return Object.keys(body).join() === 'error' && (body.error as { code: string }).code === code
}
