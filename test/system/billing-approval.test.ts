import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Actor } from '#server/desk.ts'
import { checkAuthorityCode, sendAuthorityCode } from '../../server/modules/billing/actions/authority-code.ts'
import { cancelOperation } from '../../server/modules/billing/actions/cancel-operation.ts'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { decideOnApproval } from '../../server/modules/billing/actions/decide-approval.ts'
import { expireApprovals } from '../../server/modules/billing/actions/expire-approvals.ts'
import { overrideAuthority } from '../../server/modules/billing/actions/override-authority.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { listApprovals, readApproval } from '../../server/modules/billing/views/approval-view.ts'
import { readOperation } from '../../server/modules/billing/views/operation-view.ts'
import { provenSender, startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
let people: Record<'agent' | 'lead' | 'finance' | 'admin', Actor>
beforeAll(async () => {
  desk = await startBillingDesk()
  people = {
    agent: await desk.agent('Anna', 'agent'),
    lead: await desk.agent('Lea', 'lead'),
    finance: await desk.agent('Finn', 'finance'),
    admin: await desk.agent('Ada', 'admin'),
  }
})
afterAll(() => desk.stop())

let count = 0
async function asked(unit: number, actor: Actor, cause: 'outage' | 'remorse' = 'outage') {
  const { charge } = await desk.shop({ email: `c${(count += 1)}@example.com`, unit })
  const { previewId, approvals } = await previewRefund(desk.desk(actor), { charge, cause })
  const id = await createRefund(desk.desk(actor), { previewId, amount: unit })
  const operation = await readOperation(desk.desk(actor), id)
  return { id, charge, approvals, approval: operation.approvalId as Id<'apr'>, state: operation.state }
}

const decide = (actor: Actor, id: Id<'apr'>, what: 'approve' | 'reject' = 'approve', reason?: string) =>
  decideOnApproval(desk.desk(actor), id, what, reason)
const refused = (code: string) => ({ code })

test('within the agent’s limit nobody is asked, above it a lead, above the lead’s finance', async () => {
  expect(await asked(10_000, people.agent)).toMatchObject({ state: 'queued', approval: null })
  expect(await asked(10_001, people.agent)).toMatchObject({ state: 'awaiting_approval', approvals: [{ role: 'lead' }] })
  expect(await asked(100_001, people.agent)).toMatchObject({ approvals: [{ role: 'finance' }] })
})

test('nothing moves before the approval; a lead approves up to the lead limit, finance above it', async () => {
  const small = await asked(20_000, people.agent)
  const large = await asked(200_000, people.agent)
  await desk.settle()
  expect((await desk.books(small.charge)).refunds).toEqual([])
  await expect(decide(people.agent, small.approval)).rejects.toMatchObject(refused('forbidden'))
  await expect(decide(people.admin, small.approval)).rejects.toMatchObject(refused('forbidden'))
  await expect(decide(people.lead, large.approval)).rejects.toMatchObject(refused('forbidden'))
  await decide(people.lead, small.approval)
  await decide(people.finance, large.approval, 'approve', 'Agreed on the phone')
  await expect(decide(people.finance, small.approval)).rejects.toMatchObject(refused('conflict'))
  await desk.settle()
  expect((await desk.books(small.charge)).refunded).toBe(20_000)
  expect((await desk.books(large.charge)).refunded).toBe(200_000)
  expect(await readApproval(desk.desk(people.lead), large.approval)).toMatchObject({
    state: 'approved',
    decidedBy: { id: people.finance.id, name: 'Finn' },
    reason: 'Agreed on the phone',
    seen: { outcome: 'refund' },
    operation: { state: 'done' },
  })
})

test('nobody approves what they asked for, not with their key either, nor what their key asked for', async () => {
  const key = desk.keyOf(people.lead, 'lead')
  const byPerson = await asked(20_000, people.lead)
  const byKey = await asked(20_000, key)
  for (const { approval } of [byPerson, byKey]) {
    await expect(decide(people.lead, approval)).rejects.toMatchObject(refused('forbidden'))
    await expect(decide(key, approval)).rejects.toMatchObject(refused('forbidden'))
  }
  const ownerless: Actor = { ...key, agentId: null, roles: ['finance'] }
  await expect(decide(ownerless, byPerson.approval)).rejects.toMatchObject(refused('forbidden'))
  await decide(people.lead, byPerson.approval, 'reject', 'Not needed any more')
  await decide(people.finance, byKey.approval)
  await desk.settle()
  expect((await desk.books(byPerson.charge)).refunds).toEqual([])
  expect((await desk.books(byKey.charge)).refunds).toHaveLength(1)
})

test('two approvals at once start it once, and a rejection ends it', async () => {
  const one = await asked(20_000, people.agent)
  const second = await desk.agent('Lars', 'lead')
  const outcomes = await Promise.allSettled([decide(people.lead, one.approval), decide(second, one.approval)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const other = await asked(20_000, people.agent)
  await decide(people.lead, other.approval, 'reject', 'No')
  await desk.settle()
  expect((await desk.books(one.charge)).refunds).toHaveLength(1)
  expect((await desk.books(other.charge)).refunds).toEqual([])
  expect(await readOperation(desk.desk(people.agent), other.id)).toMatchObject({ state: 'rejected' })
})

test('what nobody decides expires, what is taken back cannot be approved', async () => {
  const left = await asked(20_000, people.agent)
  const back = await asked(20_000, people.agent)
  await cancelOperation(desk.desk(people.agent), back.id)
  await expect(decide(people.lead, back.approval)).rejects.toMatchObject(refused('conflict'))
  await desk.advance({ hours: 73 })
  await expect(decide(people.lead, left.approval)).rejects.toMatchObject(refused('conflict'))
  await expireApprovals(desk.desk())
  expect(await readOperation(desk.desk(people.agent), left.id)).toMatchObject({ state: 'expired' })
  await desk.settle()
  expect((await desk.books(left.charge)).refunds).toEqual([])
})

test('the list puts open ones first, says who may decide and why not, and pages', async () => {
  const { approval } = await asked(20_000, people.agent)
  const mine = await listApprovals(desk.desk(people.agent), { state: 'open' })
  expect(mine.items.map(({ id }) => id)).toContain(approval)
  expect(mine.items.every(({ mayDecide, mayNotBecause }) => !mayDecide && mayNotBecause)).toBe(true)
  const leads = await listApprovals(desk.desk(people.lead), {})
  expect(leads.items[0]).toMatchObject({ id: approval, mayDecide: true, mayNotBecause: null })
  const seen: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await listApprovals(desk.desk(people.lead), { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(({ id }) => id))
    if (!page.nextCursor) break
    cursor = page.nextCursor
  }
  expect(seen).toEqual(leads.items.map(({ id }) => id))
  await expect(listApprovals(desk.desk(people.lead), { cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
    code: 'invalid_request',
  })
})

test('a requester whose mail shows nothing needs a lead’s approval, a code, or a lead’s word', async () => {
  const email = 'billing@example.org'
  const contact = await desk.person(email, 'Bea Billing')
  const { charge, customer } = await desk.shop({ email, metadata: { mainstay_owner: contact } })
  await desk.settle()
  const spoofed = { ...provenSender(email), auth: { spf: 'fail', dkim: 'none', dmarc: 'fail', aligned: false } }
  const ticketId = desk.ticketOf(contact, spoofed)
  const preview = () => previewRefund(desk.desk(people.agent), { charge, cause: 'outage', ticketId })
  expect(await preview()).toMatchObject({
    authority: { level: 'none', needs: 'code', requester: { id: contact, name: 'Bea Billing' } },
    approvals: [{ role: 'lead' }],
  })

  expect(await sendAuthorityCode(desk.desk(people.agent), ticketId, customer)).toBe(email)
  const [{ secret, to } = { secret: '', to: '' }] = desk.sent
  expect(to).toBe(email)
  const check = (code: string) => checkAuthorityCode(desk.desk(people.agent), ticketId, code)
  const wrong = secret === '000000' ? '000001' : '000000'
  await expect(check(wrong)).rejects.toMatchObject(refused('policy_refused'))
  expect(await check(secret)).toMatchObject({ level: 'full', how: expect.stringContaining(email) })
  await expect(check(secret)).rejects.toMatchObject(refused('policy_refused'))
  expect(await preview()).toMatchObject({ authority: { level: 'full' }, approvals: [] })

  const other = desk.ticketOf(contact, spoofed)
  expect(await overrideAuthority(desk.desk(people.lead), other, 'I know their voice')).toMatchObject({
    level: 'full',
    how: 'Lea vouched for the requester: I know their voice',
  })
  const unknown = desk.ticketOf(contact, null)
  desk.tickets.delete(unknown)
  await expect(overrideAuthority(desk.desk(people.lead), unknown, 'x')).rejects.toMatchObject(refused('not_found'))
})

test('a code is good for five tries and fifteen minutes, and three an hour', async () => {
  const email = 'codes@example.org'
  const contact = await desk.person(email, 'Cody')
  const { customer } = await desk.shop({ email, metadata: { mainstay_owner: contact } })
  await desk.settle()
  const ticketId = desk.ticketOf(contact, provenSender(email))
  const send = async () => {
    await desk.advance({ seconds: 1 })
    await sendAuthorityCode(desk.desk(people.agent), ticketId, customer)
  }
  const check = (code: string) => checkAuthorityCode(desk.desk(people.agent), ticketId, code)
  await send()
  const first = desk.sent.at(-1)?.secret ?? ''
  const wrong = first === '123456' ? '654321' : '123456'
  for (let tries = 0; tries < 5; tries++) await expect(check(wrong)).rejects.toMatchObject(refused('policy_refused'))
  await expect(check(first)).rejects.toThrow('too often')
  await send()
  await desk.advance({ minutes: 15 })
  await expect(check(desk.sent.at(-1)?.secret ?? '')).rejects.toThrow('expired')
  await send()
  await expect(send()).rejects.toMatchObject(refused('rate_limited'))
  const stored = await desk.world.pool.query('select hash from authority_codes')
  expect(stored.rows.some(({ hash }) => desk.sent.some(({ secret }) => String(hash).includes(secret)))).toBe(false)
})

test('alone on a desk, one’s own request passes after a day, with a reason, and is marked', async () => {
  const { updateSettings } = await import('../../server/modules/team/actions/update-settings.ts')
  const { getSettings } = await import('#modules/team/index.ts')
  const alone = await desk.agent('Solo', 'lead')
  await desk.world.pool.query(`update agents set state = 'disabled' where name <> 'Solo'`)
  const { id, approval } = await asked(20_000, alone)
  await expect(decide(alone, approval)).rejects.toMatchObject(refused('forbidden'))
  await updateSettings(desk.desk(), { version: (await getSettings(desk.desk())).version, soloMode: true })
  await expect(decide(alone, approval, 'approve', 'Alone today')).rejects.toThrow('24 hours')
  await desk.advance({ hours: 24 })
  await expect(decide(alone, approval)).rejects.toMatchObject(refused('invalid_request'))
  await decide(alone, approval, 'approve', 'Alone today')
  const { rows } = await desk.world.pool.query(
    `select data ->> 'mark' as mark from events where type = 'approval.approved' and data ->> 'operationId' = $1`,
    [id],
  )
  expect(rows).toEqual([{ mark: 'solo' }])
})
