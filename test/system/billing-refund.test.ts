import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Actor } from '#server/desk.ts'
import { cancelOperation } from '../../server/modules/billing/actions/cancel-operation.ts'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { readContactBilling } from '../../server/modules/billing/views/contact-billing.ts'
import { readOperation } from '../../server/modules/billing/views/operation-view.ts'
import { payOnce, provenSender, startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
let agent: Actor
beforeAll(async () => {
  desk = await startBillingDesk()
  agent = await desk.agent('Anna', 'agent')
})
afterAll(() => desk.stop())
beforeEach(() => desk.control('DELETE', '/faults'))

const as = (actor = agent) => desk.desk(actor)
const operation = (id: Id<'op'>) => readOperation(as(), id)

/** A linked customer who paid, and their ticket. */
async function asked(email: string, options: Parameters<BillingDesk['shop']>[0] = {}) {
  const contact = await desk.person(email, 'Ada Rivera')
  const shop = await desk.shop({ email, metadata: { mainstay_owner: contact }, ...options })
  await desk.settle()
  return { ...shop, contact, ticketId: desk.ticketOf(contact, provenSender(email)) }
}

async function refund(body: Parameters<typeof previewRefund>[1], amount?: number, actor = agent) {
  const preview = await previewRefund(as(actor), body)
  const id = await createRefund(as(actor), {
    previewId: preview.previewId,
    amount: amount ?? preview.proposed?.amount ?? 0,
  })
  return { id, preview }
}

test('a refund on an invoice is one credit note that makes the refund, with the reply drafted', async () => {
  const { charge, ticketId, contact } = await asked('one@example.com')
  const { id, preview } = await refund({ charge, cause: 'duplicate', ticketId })
  expect(preview).toMatchObject({
    outcome: 'refund',
    allowed: { min: { amount: 1, currency: 'USD' }, max: { amount: 4900, currency: 'USD' } },
    proposed: { amount: 4900, currency: 'USD' },
    approvals: [],
    policyVersion: 1,
    authority: { level: 'full', how: 'The mail is from one@example.com by DMARC. The billing customer is their own.' },
  })
  expect(preview.effects.map(({ kind }) => kind)).toEqual(['credit_note', 'refund', 'mail'])
  expect((await operation(id)).state).toBe('queued')
  await desk.settle()
  const done = await operation(id)
  const books = await desk.books(charge)
  expect(done).toMatchObject({
    state: 'done',
    sentence: '49.00 USD was refunded.',
    attempts: [{ key: `${id}:1`, outcome: 'ok' }],
    result: { refundId: books.refunds[0]?.id, creditNoteId: books.creditNotes[0]?.id },
    requestedBy: 'Anna',
  })
  expect(done.replyDraft).toMatch(/^Hi Ada,\n\nYou were right: you were charged twice.*\n\nBanks|statement/s)
  expect(books).toMatchObject({ paid: 4900, refunded: 4900, net: 0 })
  expect(books.creditNotes[0]?.metadata).toEqual({ operation_id: id })
  const { customers } = await readContactBilling(as(), contact)
  expect(customers[0]?.charges).toMatchObject([{ refunded: { amount: 4900 }, refunds: [{ operationId: id }] }])
  const { rows } = await desk.world.pool.query(
    `select type from events where operation_id is not null and data ->> 'operationId' = $1 order by seq`,
    [id],
  )
  expect(rows.map(({ type }) => type)).toEqual([
    'operation.created',
    'operation.started',
    'operation.attempted',
    'operation.answered',
    'operation.verifying',
    'refund.made',
    'operation.done',
  ])
})

test('a payment without an invoice is refunded bare', async () => {
  const { customer } = await asked('bare@example.com')
  const charge = await payOnce(desk.stripe, customer, 2000)
  const { id, preview } = await refund({ charge, cause: 'outage', amount: 500 })
  expect(preview.effects.map(({ kind }) => kind)).toEqual(['refund', 'mail'])
  expect(preview.authority.requester).toBeNull()
  await desk.settle()
  expect(await operation(id)).toMatchObject({ state: 'done', result: { creditNoteId: null } })
  expect(await desk.books(charge)).toMatchObject({ refunded: 500, creditNotes: [] })
})

test('an invoice leads to the charge that paid it', async () => {
  const { charge } = await asked('invoice@example.com')
  const intent = String((await desk.stripe.charges.retrieve(charge)).payment_intent)
  const payment = { type: 'payment_intent' as const, payment_intent: intent }
  const invoice = String((await desk.stripe.invoicePayments.list({ payment })).data[0]?.invoice)
  const { id } = await refund({ invoice, cause: 'duplicate' }, 100)
  await desk.settle()
  expect(await operation(id)).toMatchObject({ state: 'done', target: { charge, invoice } })
  await expect(previewRefund(as(), { cause: 'duplicate' })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(previewRefund(as(), { charge: 'ch_unknown', cause: 'duplicate' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('one preview is one refund, however often it is submitted; it expires, and belongs to who asked', async () => {
  const { charge } = await asked('twice@example.com')
  const preview = await previewRefund(as(), { charge, cause: 'duplicate' })
  const submit = (amount = 4900, actor = agent) => createRefund(as(actor), { previewId: preview.previewId, amount })
  const other = await desk.agent('Olaf', 'agent')
  await expect(submit(4900, other)).rejects.toMatchObject({ code: 'not_found' })
  const ids = await Promise.all([submit(), submit(), submit()])
  expect(new Set(ids).size).toBe(1)
  await expect(submit(100)).rejects.toMatchObject({ code: 'conflict' })
  await desk.settle()
  expect((await desk.books(charge)).refunds).toHaveLength(1)

  const late = await previewRefund(as(), { charge: (await asked('late@example.com')).charge, cause: 'duplicate' })
  await desk.advance({ minutes: 15 })
  await expect(createRefund(as(), { previewId: late.previewId, amount: 100 })).rejects.toMatchObject({ code: 'stale' })
})

test('two agents at once on one charge never return more than was paid', async () => {
  const { charge } = await asked('race@example.com')
  const second = await desk.agent('Bert', 'agent')
  const previews = await Promise.all(
    [agent, second].map((actor) => previewRefund(as(actor), { charge, cause: 'outage' })),
  )
  const outcomes = await Promise.allSettled(
    [agent, second].map((actor, index) =>
      createRefund(as(actor), { previewId: previews[index]?.previewId ?? 'prv_', amount: 3000 }),
    ),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'policy_refused' })
  const rest = await refund({ charge, cause: 'outage' }, 1900, second)
  await desk.settle()
  expect(await operation(rest.id)).toMatchObject({ state: 'done' })
  expect(await desk.books(charge)).toMatchObject({ refunded: 4900, net: 0 })
})

test('more than the policy allows is refused, and so is a charge bought elsewhere', async () => {
  const { charge, subscription } = await asked('much@example.com')
  const preview = await previewRefund(as(), { charge, cause: 'duplicate' })
  await expect(createRefund(as(), { previewId: preview.previewId, amount: 4901 })).rejects.toMatchObject({
    code: 'policy_refused',
  })
  await desk.stripe.subscriptions.update(subscription, { metadata: { mainstay_source: 'apple' } })
  const foreign = await previewRefund(as(), { charge, cause: 'duplicate' })
  expect(foreign).toMatchObject({ outcome: 'refuse', allowed: null, reasons: [{ code: 'foreign_source' }] })
  await expect(createRefund(as(), { previewId: foreign.previewId, amount: 100 })).rejects.toMatchObject({
    code: 'policy_refused',
  })
})

test('a disputed charge refuses, also when the dispute came after the order', async () => {
  const { charge } = await asked('dispute@example.com')
  const { id } = await refund({ charge, cause: 'duplicate' })
  await desk.control('POST', '/disputes', { charge })
  expect(await previewRefund(as(), { charge, cause: 'duplicate' })).toMatchObject({
    outcome: 'refuse',
    reasons: [{ code: 'disputed' }],
  })
  await desk.settle()
  expect(await operation(id)).toMatchObject({ state: 'failed', attempts: [] })
  expect((await desk.books(charge)).refunds).toEqual([])
})

test('what has not started can be taken back by who asked for it, and then nothing moves', async () => {
  const { charge } = await asked('back@example.com')
  const { id } = await refund({ charge, cause: 'duplicate' })
  const other = await desk.agent('Nora', 'agent')
  await expect(cancelOperation(as(other), id)).rejects.toMatchObject({ code: 'forbidden' })
  await cancelOperation(as(), id)
  await desk.settle()
  expect((await operation(id)).state).toBe('cancelled')
  expect((await desk.books(charge)).refunds).toEqual([])
  await expect(cancelOperation(as(), (await refund({ charge, cause: 'duplicate' })).id)).resolves.toBeUndefined()
})

test('a refund the bank sends back days later is no longer called done', async () => {
  const { charge } = await asked('fails@example.com')
  const { id } = await refund({ charge, cause: 'duplicate' })
  await desk.settle()
  const { result } = await operation(id)
  await desk.control('POST', '/refund_fails', { refund: result.refundId })
  await desk.settle()
  expect(await operation(id)).toMatchObject({ state: 'failed', replyDraft: null })
  expect((await operation(id)).sentence).toContain('expired or canceled card')
  expect(await previewRefund(as(), { charge, cause: 'duplicate' })).toMatchObject({ outcome: 'refuse' })
})

test('the version promised at purchase keeps its windows, the newest its limits', async () => {
  const { charge } = await asked('window@example.com')
  const { saveRefundPolicy } = await import('../../server/modules/billing/actions/refund-policy.ts')
  const { readRefundPolicy } = await import('../../server/modules/billing/views/refund-policy-view.ts')
  const admin = await desk.agent('Ava', 'admin')
  const before = await readRefundPolicy(as())
  await desk.advance({ hours: 1 })
  const limits = { ...before.limits, monthlyWindowDays: 0, autoLimit: { USD: 1000 } }
  await saveRefundPolicy(as(admin), { limits, version: before.version })
  await expect(saveRefundPolicy(as(admin), { limits, version: before.version })).rejects.toMatchObject({
    code: 'stale',
  })
  const preview = await previewRefund(as(), { charge, cause: 'remorse' })
  expect(preview).toMatchObject({
    outcome: 'refund',
    policyVersion: 2,
    reasons: [{ code: 'remorse_month' }, { code: 'not_asked' }],
    approvals: [{ role: 'lead' }],
  })
  await saveRefundPolicy(as(admin), { limits: before.limits, version: 2 })
})
