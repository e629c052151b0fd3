import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditMirror } from '../../server/modules/billing/actions/audit-mirror.ts'
import { backfill } from '../../server/modules/billing/actions/backfill.ts'
import { copyAgain } from '../../server/modules/billing/actions/check-mirror.ts'
import { connectStripe } from '../../server/modules/billing/actions/connect.ts'
import { readMirrorStatus } from '../../server/modules/billing/views/mirror-status.ts'
import { takeReadTurn } from '../../server/modules/billing/store/read-turns.ts'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
let shop: Awaited<ReturnType<BillingDesk['shop']>>
beforeAll(async () => {
  desk = await startBillingDesk()
  shop = await desk.shop({ email: 'ada@example.com' })
  await desk.settle()
})
afterAll(() => desk.stop())

const sql = async (text: string, values: unknown[] = []) => (await desk.world.pool.query(text, values)).rows
const status = () => readMirrorStatus(desk.desk())
const kept = async (id: string) =>
  (await sql(`select data, deleted, api_version from mirror_objects where id = $1`, [id]))[0]

test('a mirror that is as Stripe has it passes the audit', async () => {
  expect(await auditMirror(desk.desk())).toEqual({ drifted: 0 })
  const { lastAudit, drifts } = await status()
  expect(lastAudit).toMatchObject({ unread: 0, drifted: 0 })
  expect(lastAudit?.sampled).toBeGreaterThan(4)
  expect(drifts).toEqual([])
})

test('what differs although no event said so is found, put right and told of', async () => {
  await sql(`update mirror_objects set data = jsonb_set(data, '{amount_refunded}', '700') where id = $1`, [shop.charge])
  await sql(
    `insert into mirror_objects (stripe_account, kind, id, data, kept_mark, api_version)
     select stripe_account, kind, 're_never', jsonb_build_object('id', 're_never'), 1, api_version
     from mirror_objects where id = $1`,
    [shop.charge],
  )
  expect(await auditMirror(desk.desk())).toEqual({ drifted: 2 })
  expect((await kept(shop.charge)).data.amount_refunded).toBe(0)
  expect((await kept('re_never')).deleted).toBe(true)
  const { drifts } = await status()
  expect(drifts.map(({ id, fields }) => ({ id, fields })).sort((a, b) => a.id.localeCompare(b.id))).toEqual([
    { id: shop.charge, fields: ['amount_refunded'] },
    { id: 're_never', fields: ['gone'] },
  ])
  const told = await sql(`select data from events where type = 'mirror.drift_found'`)
  expect(told).toMatchObject([{ data: { drifted: 2 } }])
  expect(await auditMirror(desk.desk())).toEqual({ drifted: 0 })
})

test('a change whose event is only late is no drift', async () => {
  await desk.control('POST', '/webhooks', { drop: true })
  await desk.stripe.customers.update(shop.customer, { name: 'Ada Changed' })
  await desk.control('POST', '/webhooks', {})
  const before = (await status()).drifts.length
  expect(await auditMirror(desk.desk())).toEqual({ drifted: 0 })
  expect((await status()).drifts).toHaveLength(before)
  await desk.settle()
  expect((await kept(shop.customer)).data.name).toBe('Ada Changed')
})

test('no more than the sample is read, and what cannot be read is counted', async () => {
  expect(await auditMirror(desk.desk(), 2)).toEqual({ drifted: 0 })
  expect((await status()).lastAudit).toMatchObject({ sampled: 2 })
  await desk.control('POST', '/faults', { kind: '500_before', match: { method: 'GET' }, times: 100 })
  await auditMirror(desk.desk(), 3)
  await desk.control('DELETE', '/faults')
  expect((await status()).lastAudit).toMatchObject({ sampled: 3, unread: 3, drifted: 0 })
})

test('objects kept under another version of the API are read again, also those no list shows', async () => {
  const gone = await desk.shop({ email: 'gone@example.com' })
  await desk.settle()
  await desk.stripe.customers.del(gone.customer)
  await desk.settle()
  await sql(`update mirror_objects set api_version = '2025-03-31.basil', data = data || '{"old": true}'`)
  await sql(`update stripe_connections set backfill = backfill || '{"apiVersion": "2025-03-31.basil"}'`)
  await connectStripe(desk.desk())
  expect((await status()).copy).toMatchObject({ state: 'copying', because: 'api_version', kindsDone: 0 })
  await desk.settle()
  expect((await status()).copy).toMatchObject({ state: 'done', because: 'api_version', kindsDone: 10, kind: null })
  expect(await sql(`select id from mirror_objects where not deleted and data -> 'old' is not null`)).toEqual([])
  expect((await kept(gone.charge)).api_version).toBe(desk.world.ports.payments.apiVersion)
  await connectStripe(desk.desk())
  expect((await status()).copy).toMatchObject({ state: 'done' })
})

test('a copy that was interrupted goes on at its page, and says how far it is', async () => {
  await copyAgain(desk.desk())
  await expect(copyAgain(desk.desk())).rejects.toThrow('already')
  const asked: string[] = []
  const { payments } = desk.world.ports
  const stopping = { ...desk.desk().ports.payments, list: dieAt('invoice', asked, payments.list) }
  await expect(backfill({ ...desk.desk(), ports: { ...desk.world.ports, payments: stopping } })).rejects.toThrow('died')
  expect((await status()).copy).toMatchObject({ state: 'copying', kind: 'invoice', kindsDone: 5, because: 'asked' })
  const again: string[] = []
  const watched = { ...payments, list: dieAt('nothing', again, payments.list) }
  await backfill({ ...desk.desk(), ports: { ...desk.world.ports, payments: watched } })
  expect([asked, again]).toEqual([
    ['customer', 'product', 'price', 'tax_rate', 'subscription', 'invoice'],
    ['invoice', 'charge', 'refund', 'credit_note', 'dispute'],
  ])
  expect((await status()).copy).toMatchObject({ state: 'done' })
})

type List = BillingDesk['world']['ports']['payments']['list']

function dieAt(kind: string, asked: string[], list: List): List {
  return (of, ...rest) => {
    asked.push(of)
    return of === kind ? Promise.reject(new Error('died')) : list(of, ...rest)
  }
}

test('turns to read are spaced over everybody who takes them', async () => {
  const taken = await Promise.all(Array.from({ length: 12 }, () => takeReadTurn(desk.world.pool, 'spaced', 40)))
  const at = taken.map((turn) => turn.at.epochMilliseconds).sort((a, b) => a - b)
  for (const [index, start] of at.entries())
    if (index > 0) expect(start - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(39)
})
