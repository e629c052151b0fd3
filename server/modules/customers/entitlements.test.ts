import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntitlementState } from '#contract/entitlements.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { previewImport, runImport } from './actions/import-entitlements.ts'
import { saveEntitlements } from './actions/save-entitlements.ts'
import { listEntitlements, readContactEntitlements, readEntitlement } from './entitlement-views.ts'
import { createAccount, findOrMakeContact, updateContact, verifyIdentity } from './index.ts'

let t: TestWorld
beforeAll(async () => {
  t = await createTestWorld()
})
afterAll(() => t.close())

const at = (minute: number) => `2026-11-02T08:${String(minute).padStart(2, '0')}:00Z`
const say = (key: string, more: Partial<EntitlementState>) =>
  saveEntitlements(t.desk(), { kind: 'api', name: 'a key' }, [
    { key, state: { kind: 'workspace', access: 'granted', occurredAt: at(0), ...more } },
  ])
const meet = (email: string) => t.desk().transaction((desk) => findOrMakeContact(desk, { email, name: null }))
const eventsOf = async (key: string) => {
  const { rows } = await t.world.pool.query<{ n: number }>(
    `select count(*)::int as n from events e join entitlements n on n.key = $1
       and e.data ->> 'entitlementId' = $2 where e.type = 'entitlement.changed'`,
    [key, (await readEntitlement(t.desk(), key))?.id],
  )
  return rows[0]?.n
}

test('statements count by their time: late ones are left aside, repeated ones tell nothing', async () => {
  expect(await say('ws_order', { seats: 5, occurredAt: at(5) })).toEqual(['new'])
  expect(await say('ws_order', { seats: 5, occurredAt: at(5) })).toEqual(['same'])
  expect(await say('ws_order', { seats: 4, occurredAt: at(4) })).toEqual(['older'])
  expect(await eventsOf('ws_order')).toBe(1)
  expect(await say('ws_order', { seats: 5, occurredAt: at(9) })).toEqual(['same'])
  expect(await say('ws_order', { seats: 7, occurredAt: at(8) })).toEqual(['older'])
  expect(await readEntitlement(t.desk(), 'ws_order')).toMatchObject({
    seats: 5,
    occurredAt: '2026-11-02T08:09:00.000Z',
  })
  expect(await say('ws_order', { seats: 8, occurredAt: at(10) })).toEqual(['changed'])
  expect(await eventsOf('ws_order')).toBe(2)
})

test('many at once on one key end with the newest', async () => {
  const minutes = [3, 9, 1, 7, 5, 8, 2]
  await Promise.all(minutes.map((minute) => say('ws_race', { seats: minute, occurredAt: at(minute) })))
  expect(await readEntitlement(t.desk(), 'ws_race')).toMatchObject({ seats: 9 })
})

test('a statement from the future, or about nobody, is refused in words', async () => {
  await expect(say('ws_future', { occurredAt: '2026-11-02T09:11:00Z' })).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('ws_future'),
  })
  await expect(say('ws_nobody', { contactId: 'con_01h455vb4pex5vsknk084sn02q' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await readEntitlement(t.desk(), 'ws_nobody')).toBeUndefined()
})

test('a contact sees what is granted to them and to their company, also when met later, and nobody else’s', async () => {
  await say('u_lee', { kind: 'contact', email: 'lee@lumen.test' })
  await say('ws_lumen', { domain: 'lumen.test', seats: 40 })
  await say('u_kim', { kind: 'contact', email: 'kim@lumen.test', domain: 'lumen.test' })
  const account = await createAccount(t.desk(), { name: 'Lumen', domains: ['lumen.test'] })
  const { id } = await meet('lee@lumen.test')
  const shown = async () =>
    (await readContactEntitlements(t.desk(), id)).items.map(({ entitlement, why }) => `${entitlement.key} ${why}`)
  expect(await shown()).toEqual(['u_lee unverified_address', 'ws_lumen domain'])
  await verifyIdentity(t.desk(), id, 'lee@lumen.test', 'code')
  await say('ws_own', { contactId: id })
  await say('ws_company', { accountId: account })
  expect((await shown()).toSorted()).toEqual([
    'u_lee address',
    'ws_company account',
    'ws_lumen domain',
    'ws_own contact',
  ])
  await updateContact(t.desk(), id, { accountId: null })
  expect((await shown()).toSorted()).toEqual(['u_lee address', 'ws_own contact'])
})

test('access ends by itself at its time', async () => {
  await say('ws_ends', { accessUntil: '2026-11-02T09:30:00Z' })
  expect(await readEntitlement(t.desk(), 'ws_ends')).toMatchObject({ hasAccess: true })
  t.clock.advance({ minutes: 31 })
  expect(await readEntitlement(t.desk(), 'ws_ends')).toMatchObject({ hasAccess: false, access: 'granted' })
})

test('a file is looked at first, taken in as far as it can be read, and changes nothing the second time', async () => {
  await say('csv_known', { email: 'ann@acme.test', seats: 3, occurredAt: at(1) })
  await say('csv_newer', { email: 'ann@acme.test', seats: 3, occurredAt: at(50) })
  const csv =
    'key,email,seats\ncsv_new,ann@acme.test,1\ncsv_known,ann@acme.test,4\ncsv_newer,ann@acme.test,9\ncsv_bad,ann,1\n'
  const file = { name: 'seats.csv', csv, asOf: at(30) }
  const counts = { rows: 4, new: 1, changed: 1, same: 0, older: 1, problemRows: 1 }
  expect(await previewImport(t.desk(), file)).toMatchObject({ ...counts, problems: [{ line: 5, column: 'email' }] })
  expect(await readEntitlement(t.desk(), 'csv_new')).toBeUndefined()
  expect(await runImport(t.desk(), file)).toMatchObject(counts)
  expect(await readEntitlement(t.desk(), 'csv_known')).toMatchObject({
    seats: 4,
    source: 'csv',
    sourceName: 'seats.csv',
  })
  expect(await readEntitlement(t.desk(), 'csv_newer')).toMatchObject({ seats: 3 })
  expect(await runImport(t.desk(), file)).toMatchObject({ new: 0, changed: 0, same: 2, older: 1 })
})

test('the list is walked by key without gap or repetition', async () => {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const page = await listEntitlements(t.desk(), { limit: 3, cursor })
    keys.push(...page.items.map(({ key }) => key))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  const { rows } = await t.world.pool.query<{ key: string }>('select key from entitlements')
  expect(keys).toEqual(rows.map(({ key }) => key).toSorted())
  await expect(listEntitlements(t.desk(), { cursor: 'bm90' })).rejects.toMatchObject({ code: 'invalid_request' })
})
