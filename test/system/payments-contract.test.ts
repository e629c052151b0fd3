import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureOf } from '#server/adapters/stripe/failure.ts'
import type { StripeCall } from '../../server/modules/billing/rules/stripe-call.ts'
import { startEmulator, startLive, startStatefulMock, type Target } from '#test/billing/payments-targets.ts'

const liveKey = process.env.STRIPE_LIVE_TEST_KEY
if (!liveKey)
  process.stderr.write(
    'The contract of the Stripe adapter is not tried against Stripe: STRIPE_LIVE_TEST_KEY is unset.\n',
  )

type Start = () => Promise<Target>
const targets: [string, Start, boolean][] = [
  ['the emulator', startEmulator, false],
  ['stripe-stateful-mock', startStatefulMock, false],
  ['Stripe in a sandbox', () => startLive(liveKey ?? ''), !liveKey],
]

const modern = new Set(['the emulator', 'Stripe in a sandbox'])
const slow = 120_000

const refundOf = (charge: string, amount: number, operationId: string): StripeCall => ({
  call: 'refunds.create',
  params: { charge, amount, reason: 'requested_by_customer', metadata: { operation_id: operationId } },
  lookUp: { list: 'refunds', params: { charge } },
})

test('a live key is refused', async () => {
  await expect(startLive('sk_live_1')).rejects.toThrow('test key')
})

describe.each(targets)('the adapter against %s', (name, start, skipped) => {
  let target: Target
  const fresh = () => `op_${randomUUID()}`
  beforeAll(async () => {
    if (!skipped) target = await start()
  })
  afterAll(() => target?.close())

  test.skipIf(skipped)(
    'a refund is made, carries the operation, and shows at its charge',
    async () => {
      const [charge, id] = [await target.pay(2000), fresh()]
      const made = await target.payments.carryOut(refundOf(charge, 700, id), `${id}:1`)
      if (made.outcome !== 'ok') throw new Error(JSON.stringify(made))
      const refund = await target.payments.retrieve('refund', made.found)
      expect(refund).toMatchObject({ amount: 700, charge, metadata: { operation_id: id } })
      expect(await target.payments.retrieve('charge', charge)).toMatchObject({ amount: 2000, amount_refunded: 700 })
    },
    slow,
  )

  test.skipIf(skipped)(
    'the same key again is answered with the same refund, and with other parameters refused',
    async () => {
      const [charge, id] = [await target.pay(2000), fresh()]
      const first = await target.payments.carryOut(refundOf(charge, 700, id), `${id}:1`)
      expect(await target.payments.carryOut(refundOf(charge, 700, id), `${id}:1`)).toEqual(first)
      const other = await target.payments.carryOut(refundOf(charge, 800, id), `${id}:1`)
      expect(other).toMatchObject({ outcome: '4xx', detail: expect.stringContaining('same parameters') })
      expect((await target.payments.list('refund', { charge }, null)).items).toHaveLength(1)
    },
    slow,
  )

  test.skipIf(skipped)(
    'more than was paid is refused, in one refund and in several, and nothing moves',
    async () => {
      const [charge, id] = [await target.pay(2000), fresh()]
      expect(await target.payments.carryOut(refundOf(charge, 2001, id), `${id}:1`)).toMatchObject({ outcome: '4xx' })
      expect((await target.payments.list('refund', { charge }, null)).items).toEqual([])
      expect(await target.payments.carryOut(refundOf(charge, 1500, id), `${id}:2`)).toMatchObject({ outcome: 'ok' })
      expect(await target.payments.carryOut(refundOf(charge, 501, id), `${id}:3`)).toMatchObject({ outcome: '4xx' })
      expect(await target.payments.carryOut(refundOf(charge, 500, id), `${id}:4`)).toMatchObject({ outcome: 'ok' })
      expect(await target.payments.retrieve('charge', charge)).toMatchObject({ refunded: true, amount_refunded: 2000 })
    },
    slow,
  )

  test.skipIf(skipped)(
    'a refund is found again by its operation, and one never made is not',
    async () => {
      const [charge, id] = [await target.pay(2000), fresh()]
      const call = refundOf(charge, 700, id)
      expect(await target.payments.find(call.lookUp, id)).toBeNull()
      const made = await target.payments.carryOut(call, `${id}:1`)
      expect({ outcome: 'ok', found: await target.payments.find(call.lookUp, id) }).toEqual(made)
    },
    slow,
  )

  test.skipIf(skipped)(
    'a decline moved nothing, and too many calls say to come back',
    async () => {
      expect(failureOf(await target.decline())).toMatchObject({
        outcome: '4xx',
        detail: expect.stringContaining('declined'),
      })
      if (target.tooMany) expect(failureOf(await target.tooMany())).toMatchObject({ outcome: '429' })
    },
    slow,
  )

  test.skipIf(skipped)('what does not exist is null', async () => {
    expect(await target.payments.retrieve('charge', 'ch_doesnotexist')).toBeNull()
    expect(await target.payments.retrieve('refund', 're_doesnotexist')).toBeNull()
  })

  test.skipIf(skipped || name === 'Stripe in a sandbox')(
    'a list is read page by page, each object once',
    async () => {
      await target.customers?.(103)
      const first = await target.payments.list('customer', {}, null)
      const rest = await target.payments.list('customer', {}, first.next)
      expect([first.items.length, rest.items.length, rest.next]).toEqual([100, 3, null])
      expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(103)
    },
    slow,
  )

  test.skipIf(skipped || !modern.has(name))(
    'a balance is credited and a subscription ended once each, and both are found again',
    async () => {
      const stripe = target.modern
      if (!stripe) throw new Error('this target has no client')
      const customer = await stripe.customers.create({
        payment_method: 'pm_card_visa',
        invoice_settings: { default_payment_method: 'pm_card_visa' },
      })
      const id = fresh()
      const credit: StripeCall = {
        call: 'customers.createBalanceTransaction',
        customer: customer.id,
        params: { amount: -500, currency: 'usd', description: 'Credit', metadata: { operation_id: id } },
        lookUp: { list: 'customer_balance_transactions', params: { customer: customer.id } },
      }
      const made = await target.payments.carryOut(credit, `${id}:1`)
      expect({ outcome: 'ok', found: await target.payments.find(credit.lookUp, id) }).toEqual(made)
      const product = await stripe.products.create({ name: 'Contract' })
      const price = await stripe.prices.create({
        product: product.id,
        currency: 'usd',
        unit_amount: 900,
        recurring: { interval: 'month' },
      })
      const subscription = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
      })
      const end: StripeCall = {
        call: 'subscriptions.cancel',
        subscription: subscription.id,
        params: { prorate: false, invoice_now: false, cancellation_details: { comment: id } },
        lookUp: { list: 'subscriptions', params: { subscription: subscription.id } },
      }
      expect(await target.payments.find(end.lookUp, id)).toBeNull()
      expect(await target.payments.carryOut(end, `${id}:2`)).toEqual({ outcome: 'ok', found: subscription.id })
      expect(await target.payments.find(end.lookUp, id)).toBe(subscription.id)
    },
    slow,
  )

  test.skipIf(skipped || name !== 'Stripe in a sandbox')(
    'a test clock brings a renewal that the adapter reads whole',
    async () => {
      const stripe = target.modern
      if (!stripe) throw new Error('this target has no client')
      const begin = Math.floor(Date.now() / 1000)
      const clock = await stripe.testHelpers.testClocks.create({ frozen_time: begin, name: 'Mainstay contract' })
      try {
        const customer = await stripe.customers.create({
          test_clock: clock.id,
          payment_method: 'pm_card_visa',
          invoice_settings: { default_payment_method: 'pm_card_visa' },
        })
        const product = await stripe.products.create({ name: 'Contract' })
        const price = await stripe.prices.create({
          product: product.id,
          currency: 'usd',
          unit_amount: 900,
          recurring: { interval: 'month' },
        })
        await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
        await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: begin + 33 * 86_400 })
        while ((await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'advancing') await sleep(2000)
        const { items } = await target.payments.list('invoice', { customer: customer.id }, null)
        expect(items.map(({ status, total }) => [status, total])).toEqual([
          ['paid', 900],
          ['paid', 900],
        ])
        const charges = await target.payments.list('charge', { customer: customer.id }, null)
        expect(charges.items).toHaveLength(2)
      } finally {
        await stripe.testHelpers.testClocks.del(clock.id)
      }
    },
    5 * slow,
  )
})
