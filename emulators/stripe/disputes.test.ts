import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, refusal, startStripe } from './test-desk.ts'

type World = Awaited<ReturnType<typeof startStripe>>

async function disputed({ stripe, control }: World, more: object = {}) {
  const intent = await stripe.paymentIntents.create({
    amount: 5000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  const charge = String(intent.latest_charge)
  const { id } = await control<{ id: string }>('POST', '/disputes', { charge, ...more })
  return { charge, dispute: await stripe.disputes.retrieve(id) }
}

const pdf = (
  size: number,
  type = 'application/pdf',
  purpose: Stripe.FileCreateParams['purpose'] = 'dispute_evidence',
) => ({
  purpose,
  file: { data: Buffer.alloc(size, 7), name: 'log.pdf', type },
})
const sum = (entries: Stripe.BalanceTransaction[]) => entries.reduce((total, { amount }) => total + amount, 0)

test('evidence is staged, checked, and submitted once, with the files it names', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { dispute } = await disputed(world)
  const file = await stripe.files.create(pdf(1500))
  expect(file).toMatchObject({
    object: 'file',
    size: 1500,
    type: 'pdf',
    filename: 'log.pdf',
    purpose: 'dispute_evidence',
  })
  expect((await stripe.files.list({ purpose: 'dispute_evidence' })).data.map(({ id }) => id)).toEqual([file.id])
  const staged = await stripe.disputes.update(dispute.id, {
    evidence: { service_documentation: file.id, product_description: 'Answers' },
    intended_submission_method: 'manual',
    submit: false,
  })
  expect(staged).toMatchObject({
    status: 'needs_response',
    intended_submission_method: 'manual',
    evidence: { service_documentation: file.id },
    evidence_details: { has_evidence: true, submission_count: 0, submission_method: 'not_submitted' },
  })
  const logo = await stripe.files.create(pdf(10, 'image/png', 'business_logo'))
  const wrong = stripe.disputes.update(dispute.id, { evidence: { receipt: logo.id }, submit: false })
  expect(await refusal(wrong)).toMatchObject({ param: 'evidence[receipt]' })
  const big = [await stripe.files.create(pdf(2_300_000)), await stripe.files.create(pdf(2_300_000))].map(({ id }) => id)
  const heavy = stripe.disputes.update(dispute.id, {
    evidence: { receipt: big[0], refund_policy: big[1] },
    submit: false,
  })
  expect((await refusal(heavy)).message).toMatch(/4500000 bytes in all/)
  expect(await refusal(stripe.files.create(pdf(10, 'text/html')))).toMatchObject({ code: 'invalid_file_type' })
  const sent = await stripe.disputes.update(dispute.id, { submit: true })
  expect(sent).toMatchObject({
    status: 'under_review',
    evidence_details: { submission_count: 1, submission_method: 'manual' },
  })
  const late = stripe.disputes.update(dispute.id, { evidence: { product_description: 'More' } })
  expect((await refusal(late)).message).toMatch(/no longer accepts/)
})

test('a deadline that passes unanswered loses the dispute; one that is answered waits for the bank', async () => {
  const world = await startStripe()
  const { stripe, clock } = world
  const [silent, answered] = [await disputed(world), await disputed(world)]
  const nothing = stripe.disputes.update(silent.dispute.id, { submit: true })
  expect(await refusal(nothing)).toMatchObject({ param: 'submit' })
  await stripe.disputes.update(answered.dispute.id, { evidence: { product_description: 'Answers' }, submit: true })
  clock.setOffset(9 * DAY + 3_600_000)
  expect(await stripe.disputes.retrieve(silent.dispute.id)).toMatchObject({
    status: 'needs_response',
    evidence_details: { past_due: true },
  })
  clock.setOffset(11 * DAY)
  expect(await stripe.disputes.retrieve(silent.dispute.id)).toMatchObject({ status: 'lost' })
  expect(await stripe.disputes.retrieve(answered.dispute.id)).toMatchObject({ status: 'under_review' })
})

test('part of a charge is disputed, and comes back by evidence that wins', async () => {
  const world = await startStripe()
  const { stripe } = world
  const { charge, dispute } = await disputed(world, { amount: 2000, reason: 'duplicate' })
  expect(dispute).toMatchObject({
    amount: 2000,
    reason: 'duplicate',
    balance_transactions: [{ amount: -2000, fee: 1500 }],
  })
  const over = world.control('POST', '/disputes', { charge })
  await expect(over).rejects.toThrow(/already disputed/)
  const won = await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } })
  expect([won.status, won.balance_transactions.length, sum(won.balance_transactions)]).toEqual(['won', 2, 0])
  const again = await world.control<{ id: string; amount: number }>('POST', '/disputes', { charge })
  expect(again.amount).toBe(5000)
})

test('an inquiry is closed by a full refund, or becomes a dispute with its own deadline', async () => {
  const world = await startStripe()
  const { stripe, control, clock } = world
  const [first, second] = [
    await disputed(world, { status: 'warning_needs_response' }),
    await disputed(world, { status: 'warning_needs_response' }),
  ]
  await stripe.refunds.create({ charge: first.charge, amount: 1000 })
  expect(await stripe.disputes.retrieve(first.dispute.id)).toMatchObject({ status: 'warning_needs_response' })
  await stripe.refunds.create({ charge: first.charge })
  expect(await stripe.disputes.retrieve(first.dispute.id)).toMatchObject({ status: 'warning_closed' })
  clock.setOffset(2 * DAY)
  await control('POST', `/disputes/${second.dispute.id}/escalate`)
  const raised = await stripe.disputes.retrieve(second.dispute.id)
  expect(raised).toMatchObject({
    status: 'needs_response',
    balance_transactions: [{ amount: -5000 }],
    payment_method_details: { card: { case_type: 'chargeback' } },
  })
  expect(Number(raised.evidence_details.due_by)).toBeGreaterThan(Number(second.dispute.evidence_details.due_by))
  expect(await refusal(stripe.refunds.create({ charge: second.charge }))).toMatchObject({ code: 'charge_disputed' })
})

test('an early fraud warning asks for action until the charge is refunded in full or disputed', async () => {
  const world = await startStripe()
  const { stripe, control } = world
  const pay = async (payment_method: string) => {
    const given = { amount: 3000, currency: 'usd', payment_method, confirm: true }
    return String((await stripe.paymentIntents.create(given)).latest_charge)
  }
  const charge = await pay('pm_card_createEarlyFraudWarning')
  const [warning] = (await stripe.radar.earlyFraudWarnings.list({ charge })).data
  expect(warning).toMatchObject({ actionable: true, charge, fraud_type: 'made_with_stolen_card' })
  const id = String(warning?.id)
  await stripe.refunds.create({ charge, amount: 1000 })
  expect(await stripe.radar.earlyFraudWarnings.retrieve(id)).toMatchObject({ actionable: true })
  await stripe.refunds.create({ charge })
  expect(await stripe.radar.earlyFraudWarnings.retrieve(id)).toMatchObject({ actionable: false })
  const other = await pay('pm_card_visa')
  const planted = await control<{ id: string }>('POST', '/early_fraud_warnings', { charge: other, fraud_type: 'misc' })
  await control('POST', '/disputes', { charge: other })
  const expanded = await stripe.radar.earlyFraudWarnings.retrieve(planted.id, { expand: ['charge'] })
  expect(expanded).toMatchObject({ actionable: false, fraud_type: 'misc', charge: { disputed: true } })
  expect((await stripe.events.list({ type: 'radar.early_fraud_warning.updated' })).data).toHaveLength(2)
})
