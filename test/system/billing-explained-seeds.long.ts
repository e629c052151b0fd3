import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Explanation } from '#contract/billing.ts'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'
import { histories, play, type Played } from '#test/billing/histories/play.ts'
import { readExplanation, readInvoiceExplanation } from '../../server/modules/billing/views/explanation.ts'

let desk: BillingDesk
beforeAll(async () => {
  desk = await startBillingDesk()
})
afterAll(() => desk.stop())

const partsOf = (told: Explanation) =>
  told.lines.reduce((sum, { kind, money }) => (kind === 'part' ? sum + money.amount : sum), 0)

/** A króna has no parts, though Stripe writes them. */
const coins = (amount: number, currency: string) => (currency === 'isk' ? amount / 100 : amount)

/** What is owed or was taken and is not explained to the cent, with the reason. */
async function unexplained({ kind, customer }: Played): Promise<unknown[]> {
  const wrong: unknown[] = []
  const judge = (told: Explanation, id: string, amount: number) => {
    if (!told.closes || partsOf(told) !== amount)
      wrong.push([kind, id, told.faultLine, told.sentence, partsOf(told), amount])
  }
  for await (const { id, status, amount_due, currency } of desk.stripe.invoices.list({ customer, limit: 100 }))
    if (status !== 'draft') judge(await readInvoiceExplanation(desk.desk(), id), id, coins(amount_due, currency))
  for await (const charge of desk.stripe.charges.list({ customer, limit: 100 }))
    if (charge.status === 'succeeded' && charge.captured)
      judge(await readExplanation(desk.desk(), charge.id), charge.id, coins(charge.amount_captured, charge.currency))
  return wrong
}

test.each([2, 3, 4, 5, 6])('histories of seed %i are explained to the cent', { timeout: 300_000 }, async (seed) => {
  const played = await play(desk, Object.keys(histories), seed)
  await desk.settle()
  const wrong: unknown[] = []
  for (const one of played) wrong.push(...(await unexplained(one)))
  expect(wrong).toEqual([])
})
