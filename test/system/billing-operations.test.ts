import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Actor } from '#server/desk.ts'
import { cancelOperation } from '../../server/modules/billing/actions/cancel-operation.ts'
import { createBalanceCredit } from '../../server/modules/billing/actions/create-balance-credit.ts'
import { createCancellation } from '../../server/modules/billing/actions/create-cancellation.ts'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { decideOnApproval } from '../../server/modules/billing/actions/decide-approval.ts'
import { previewBalanceCredit } from '../../server/modules/billing/actions/preview-balance-credit.ts'
import { previewCancellation } from '../../server/modules/billing/actions/preview-cancellation.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { resumeOperations } from '../../server/modules/billing/actions/resume-operations.ts'
import { readApproval } from '../../server/modules/billing/views/approval-view.ts'
import { readOperation } from '../../server/modules/billing/views/operation-view.ts'
import { payOnce, startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
let agent: Actor
let lead: Actor
beforeAll(async () => {
  desk = await startBillingDesk()
  agent = await desk.agent('Anna', 'agent')
  lead = await desk.agent('Lea', 'lead')
})
afterAll(() => desk.stop())

/** Lets time pass in steps until the operation rests. */
async function rest(id: Id<'op'>): Promise<Operation> {
  for (let turn = 0; ; turn++) {
    await desk.drain()
    const now = await readOperation(desk.desk(agent), id)
    if (!['queued', 'running', 'verifying'].includes(now.state) || turn > 60) return now
    await desk.advance({ seconds: 5 })
    await resumeOperations(desk.desk(), 'due')
  }
}

const usd = (amount: number) => ({ amount, currency: 'USD' })
const credits = async (customer: string) => (await desk.stripe.customers.listBalanceTransactions(customer)).data
const keysOf = ({ attempts }: Operation) => attempts.map(({ key, outcome }) => `${key.split(':')[1] ?? key} ${outcome}`)

async function credit(customer: string, amount = 1500): Promise<Id<'op'>> {
  const preview = await previewBalanceCredit(desk.desk(agent), { customer, money: usd(amount) })
  return createBalanceCredit(desk.desk(agent), { previewId: preview.previewId })
}

test('a balance is credited once, read back, and shown with what was made', async () => {
  const { customer } = await desk.shop()
  const preview = await previewBalanceCredit(desk.desk(agent), { customer, money: usd(1500) })
  expect(preview).toMatchObject({ outcome: 'proceed', proposed: usd(1500), approvals: [] })
  expect(preview.effects).toMatchObject([{ kind: 'balance', sentence: expect.stringContaining('next invoice') }])
  const id = await createBalanceCredit(desk.desk(agent), { previewId: preview.previewId })
  expect(await createBalanceCredit(desk.desk(agent), { previewId: preview.previewId })).toBe(id)
  const done = await rest(id)
  const [entry] = await credits(customer)
  expect(done).toMatchObject({
    kind: 'balance_credit',
    state: 'done',
    cause: null,
    target: { customer, charge: null },
    result: { effectId: entry?.id },
    sentence: expect.stringContaining('was credited to the balance.'),
  })
  expect(entry).toMatchObject({ amount: -1500, metadata: { operation_id: id } })
})

test.each([
  ['500_after', ['1 5xx', 'look-up found']],
  ['500_before', ['1 5xx', 'look-up absent', 'look-up absent', '2 ok']],
  ['429', ['1 429', '1 ok']],
])('a credit through %s happens once', async (kind, attempts) => {
  const { customer } = await desk.shop()
  await desk.control('POST', '/faults', { kind, match: { method: 'POST', path: '^/v1/customers/.*/balance' } })
  const done = await rest(await credit(customer))
  expect(done.state).toBe('done')
  expect(keysOf(done)).toEqual(attempts)
  expect(await credits(customer)).toHaveLength(1)
})

test('a credit above the limit waits for a lead, who sees what was asked, and may be taken back before', async () => {
  const { customer } = await desk.shop()
  const asked = await readOperation(desk.desk(agent), await credit(customer, 20_000))
  const approval = asked.approvalId as Id<'apr'>
  expect(asked.state).toBe('awaiting_approval')
  expect(await readApproval(desk.desk(lead), approval)).toMatchObject({
    mayDecide: true,
    seen: { proposed: usd(20_000), outcome: 'proceed' },
  })
  await decideOnApproval(desk.desk(lead), approval, 'approve', undefined)
  expect((await rest(asked.id)).state).toBe('done')
  const other = await credit(customer, 20_000)
  await cancelOperation(desk.desk(agent), other)
  expect((await rest(other)).state).toBe('cancelled')
  expect(await credits(customer)).toHaveLength(1)
})

test('money given is money given: credits and goodwill refunds count together, also when they are ordered at once', async () => {
  const { customer, charge } = await desk.shop()
  const charges = [charge, await payOnce(desk.stripe, customer, 4900)]
  expect((await rest(await credit(customer, 6000))).state).toBe('done')
  const previews = await Promise.all(
    charges.map((one) => previewRefund(desk.desk(agent), { charge: one, cause: 'goodwill' })),
  )
  expect(previews.map(({ approvals }) => approvals)).toEqual([[], []])
  const ids = await Promise.all(
    previews.map(({ previewId }) => createRefund(desk.desk(agent), { previewId, amount: 2450 })),
  )
  const states = (await Promise.all(ids.map((id) => readOperation(desk.desk(agent), id)))).map(({ state }) => state)
  expect(states.sort()).toEqual(['awaiting_approval', 'queued'])
  const next = await previewBalanceCredit(desk.desk(agent), { customer, money: usd(100) })
  expect(next.approvals.map(({ because }) => because)).toEqual([
    expect.stringContaining('3 refunds and credits in the last 12 months'),
    expect.stringContaining('would pass its cap'),
  ])
})

test('a credit in a currency the customer is not billed in, or of a deleted customer, is refused', async () => {
  const { customer } = await desk.shop()
  const preview = (money: { amount: number; currency: string }) =>
    previewBalanceCredit(desk.desk(agent), { customer, money })
  const refused = await preview({ amount: 100, currency: 'EUR' })
  expect(refused).toMatchObject({ outcome: 'refuse', reasons: [{ code: 'other_currency' }] })
  await expect(createBalanceCredit(desk.desk(agent), { previewId: refused.previewId })).rejects.toMatchObject({
    code: 'policy_refused',
  })
  const good = await preview(usd(100))
  const id = await createBalanceCredit(desk.desk(agent), { previewId: good.previewId })
  await desk.stripe.customers.del(customer)
  expect(await rest(id)).toMatchObject({ state: 'failed', attempts: [], sentence: expect.stringContaining('any more') })
})

async function end(subscription: string, when: 'now' | 'period_end'): Promise<Id<'op'>> {
  const { previewId } = await previewCancellation(desk.desk(agent), { subscription, when })
  return createCancellation(desk.desk(agent), { previewId })
}

test('a subscription is ended when what is paid runs out, or at once, and nothing else is made', async () => {
  const later = await desk.shop()
  const shown = await previewCancellation(desk.desk(agent), { subscription: later.subscription, when: 'period_end' })
  expect(shown.effects[0]?.sentence).toContain('2 Dec')
  const atEnd = await rest(await end(later.subscription, 'period_end'))
  expect(atEnd).toMatchObject({ state: 'done', money: null, target: { subscription: later.subscription } })
  const running = await desk.stripe.subscriptions.retrieve(later.subscription)
  expect(running).toMatchObject({ status: 'active', cancel_at_period_end: true, metadata: { operation_id: atEnd.id } })
  const now = await desk.shop()
  const ended = await rest(await end(now.subscription, 'now'))
  expect(ended).toMatchObject({ state: 'done', sentence: 'The subscription was cancelled.' })
  expect(await desk.stripe.subscriptions.retrieve(now.subscription)).toMatchObject({ status: 'canceled' })
  expect(await desk.books(now.charge)).toMatchObject({ refunded: 0, creditNotes: [] })
  expect(await credits(now.customer)).toEqual([])
})

test.each(['now', 'period_end'] as const)('an end %s whose answer was lost is found again', async (when) => {
  const { subscription } = await desk.shop()
  const method = when === 'now' ? 'DELETE' : 'POST'
  await desk.control('POST', '/faults', { kind: '500_after', match: { method, path: '^/v1/subscriptions/' } })
  const done = await rest(await end(subscription, when))
  expect(done.state).toBe('done')
  expect(keysOf(done)).toEqual(['1 5xx', 'look-up found'])
})

test('one end of a subscription at a time; what ended meanwhile is not ended again', async () => {
  const { subscription } = await desk.shop()
  const first = await end(subscription, 'now')
  await expect(end(subscription, 'period_end')).rejects.toMatchObject({ code: 'conflict' })
  await desk.stripe.subscriptions.cancel(subscription)
  expect(await rest(first)).toMatchObject({ state: 'failed', attempts: [], sentence: expect.stringContaining('ended') })
})
