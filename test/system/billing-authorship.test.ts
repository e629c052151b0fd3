import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { readExplanation, readInvoiceExplanation } from '../../server/modules/billing/views/explanation.ts'
import { provenSender, startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
beforeAll(async () => {
  desk = await startBillingDesk()
})
afterAll(() => desk.stop())

const somebody = 'By a request to Stripe; not known whose.'
const collected = 'By Stripe’s automatic collection.'

test('who ordered, changed, collected and gave back is told beside what happened', async () => {
  const contact = await desk.person('ada@example.com', 'Ada Rivera')
  const shop = await desk.shop({ email: 'ada@example.com', metadata: { mainstay_owner: contact } })
  await desk.settle()
  const mia = await desk.agent('Mia', 'agent')
  const ticketId = desk.ticketOf(contact, provenSender('ada@example.com'))
  const preview = await previewRefund(desk.desk(mia), { charge: shop.charge, cause: 'goodwill', ticketId })
  await createRefund(desk.desk(mia), { previewId: preview.previewId, amount: 100 })
  await desk.settle()
  await desk.stripe.refunds.create({ charge: shop.charge, amount: 50 })
  await desk.advance({ hours: 24 * 10 })
  const { items } = await desk.stripe.subscriptions.retrieve(shop.subscription)
  await desk.stripe.subscriptions.update(shop.subscription, {
    items: [{ id: items.data[0]?.id ?? '', quantity: 3 }],
  })
  await desk.settle()
  await desk.advance({ hours: 24 * 22 })
  await desk.settle()

  const told = async (id: string) => {
    const { history } = await (id.startsWith('in_') ? readInvoiceExplanation : readExplanation)(desk.desk(), id)
    return history.map(
      ({ sentence, by }) => `${sentence.replace(/Invoice \S+/, 'Invoice').replace(/note \S+/, 'note')} ${by}`,
    )
  }
  const first = await told(shop.charge)
  expect(first).toEqual(
    expect.arrayContaining([
      `Credit note of 1.00 USD was issued. By Mia, who ordered a refund here.`,
      `1.00 USD was refunded. By Mia, who ordered a refund here.`,
      `0.50 USD was refunded. ${somebody}`,
      `49.00 USD was charged to Visa 4242. ${somebody}`,
    ]),
  )
  const renewal = (await desk.stripe.invoices.list({ customer: shop.customer, limit: 1 })).data[0]?.id ?? ''
  const then = await told(renewal)
  expect(then).toEqual([
    `The subscription changed from 1 × Pro to 3 × Pro. ${somebody}`,
    expect.stringMatching(/^Invoice was issued\. By Stripe itself, as it had been planned\.$/),
    expect.stringContaining(collected),
    expect.stringContaining(collected),
  ])
  // Events are not kept for ever.
  await desk.world.pool.query('delete from webhook_events')
  expect(new Set((await told(renewal)).map((line) => line.slice(-'Not known by whom.'.length)))).toEqual(
    new Set(['Not known by whom.']),
  )
})
