import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { createAccount, findOrMakeContact, identitiesOf, readContact, updateContact, verifyIdentity } from './index.ts'
import { listContacts } from './views.ts'

let t: TestWorld
beforeAll(async () => {
  t = await createTestWorld()
})
afterAll(() => t.close())

const meet = (email: string, name: string | null = null) =>
  t.desk().transaction((desk) => findOrMakeContact(desk, { email, name }))

test('two first mails of one stranger at once make one contact', async () => {
  const met = await Promise.all([meet('Ann@Example.org', 'Ann'), meet('ann@example.org'), meet('ann@example.org')])
  expect(new Set(met.map((contact) => contact.id)).size).toBe(1)
  expect((await listContacts(t.desk(), { email: 'ann@example.org' })).items).toHaveLength(1)
})

test('a confirmed domain brings its people in, a public one is refused', async () => {
  const account = await createAccount(t.desk(), { name: 'Acme', domains: ['acme.test'] })
  const contact = await meet('lee@acme.test', 'Lee')
  expect(contact).toMatchObject({ accountId: account, segment: 'enterprise' })
  expect((await listContacts(t.desk(), { accountId: account })).items.map((row) => row.email)).toEqual([
    'lee@acme.test',
  ])
  await expect(createAccount(t.desk(), { name: 'Free', domains: ['gmail.com'] })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(createAccount(t.desk(), { name: 'Other', domains: ['acme.test'] })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a weaker verification never replaces a stronger one', async () => {
  const contact = await meet('vera@example.org')
  await verifyIdentity(t.desk(), contact.id, 'vera@example.org', 'code')
  await verifyIdentity(t.desk(), contact.id, 'vera@example.org', 'dmarc')
  expect(await identitiesOf(t.desk(), contact.id)).toMatchObject([{ verified: 'code' }])
})

test('a change that changes nothing is no event, and a wrong zone is refused', async () => {
  const contact = await meet('zoe@example.org', 'Zoe')
  await updateContact(t.desk(), contact.id, { name: 'Zoe', timeZone: 'Europe/Berlin' })
  await updateContact(t.desk(), contact.id, { name: 'Zoe', timeZone: 'Europe/Berlin' })
  const { rows } = await t.world.pool.query(`select data from events where type = 'contact.changed'`)
  expect(rows).toEqual([{ data: { fields: ['timeZone'] } }])
  await expect(updateContact(t.desk(), contact.id, { timeZone: 'Mars/Base' })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  expect(await readContact(t.desk(), contact.id)).toMatchObject({ timeZone: 'Europe/Berlin', account: null })
})

test('the list pages by key and refuses a cursor made up by hand', async () => {
  t.clock.advance({ minutes: 1 })
  for (const name of ['a', 'b', 'c']) await meet(`${name}@paged.example`)
  const first = await listContacts(t.desk(), { q: '@paged', limit: 2 })
  const second = await listContacts(t.desk(), { q: '@paged', limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...second.items].map((row) => row.email).sort()).toEqual([
    'a@paged.example',
    'b@paged.example',
    'c@paged.example',
  ])
  expect(second.nextCursor).toBeNull()
  await expect(listContacts(t.desk(), { cursor: 'bm9wZQ' })).rejects.toMatchObject({ code: 'invalid_request' })
})
