import type { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Explanation } from '#contract/billing.ts'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'
import { histories, play, type Played } from '#test/billing/histories/play.ts'
import { readExplanation, readInvoiceExplanation } from '../../server/modules/billing/views/explanation.ts'

let desk: BillingDesk
let played: Played[]
beforeAll(async () => {
  desk = await startBillingDesk()
  played = await play(desk, Object.keys(histories), 1)
  await desk.settle()
}, 120_000)
afterAll(() => desk.stop())

/** What must be said somewhere among the lines of a history, beside the sums. */
const said: Record<string, RegExp[]> = {
  'graduated, all steps': [
    /step 3 of 3, units 51 to \d+: \d+ × 0\.90 USD = /,
    /the flat fee of step 3 of 3: 15\.00 USD/,
  ],
  'volume, high step': [/all \d+ units at the price of step \d of 3: /],
  'packages, licensed': [/: \d packages of 100 × 4\.50 USD = /],
  'usage by graduated steps': [/^What was used of Calls, .*: step 1 of 3, units 1 to \d+: \d+ × 5\.00 USD = /],
  'usage, none': [/step 1 of 3, none: 0 × 5\.00 USD = 0\.00 USD/],
  'more and fewer seats, classic': [/is given back: .* × [\d.]+\/30 days \(\d+\/2592000 seconds\) = /],
  'seats never billed, classic': [/is given back at what it cost by then: \d+ × .* days .* = /],
  'seats billed at renewal, flexible': [
    /of what was charged for it, the unused time is given back: .* all of its time = /,
  ],
  'a discount inside the change, classic': [/\(with Forever off\) × /],
  'a shorter first period, classic': [/for the rest of the period, .* × 9\/31 days/],
  'a tiered plan changed, classic': [/first 5 × 10\.00 USD \+ 3\.00 USD flat/],
  'a pause with credit, then resumed': [/was changed or ended; of what invoice .* billed, the unused time/],
  'a trial that becomes paid': [/is on trial until/],
  'coupons on top of each other, taxed': [
    /% of .* off by the coupon Welcome/,
    /off by the coupon Sorry/,
    /19 % VAT of/,
  ],
  'several rates included': [/includes 5 % GST of .* and 9\.975 % QST of/],
  'items with rates and discounts of their own': [/7 % VAT of .* is added/, /19 % VAT of .* is added/],
  'a price in another currency than its own': [/5 × 8\.30 EUR = 41\.50 EUR × /],
  'a dispute of a part lost, after a refund': [/The bank took 10\.00 USD back, and 15\.00 USD was kept as the fee/],
  'a dispute won': [/The bank gave .* back/],
  'a held amount of which a part is taken': [/had been held on the card; the rest was let go/],
  'more and fewer seats in a currency that is rounded to steps, classic': [/days.*, rounded to 0\.010 KWD = /],
  'in jpy, settled in usd': [/\d JPY × 0\.\d+ = [\d.]+ USD/],
}

/** Smallest coins of a currency in one of Stripe's units, where they differ: a króna has no parts. */
const coins = (amount: number, currency: string) => (currency === 'isk' ? amount / 100 : amount)

const partsOf = (lines: Explanation['lines']) =>
  lines.reduce((sum, { kind, money }) => (kind === 'part' ? sum + money.amount : sum), 0)

function expectClosing(told: Explanation, amount: number, currency: string): void {
  expect([told.faultLine, told.closes ? '' : told.sentence]).toEqual([null, ''])
  expect(partsOf(told.lines)).toBe(coins(amount, currency))
  for (const { sentence } of [...told.lines, ...told.after, ...told.settled]) expect(sentence).toMatch(/^\S.*\S\.$/)
  expect(new Set(told.lines.map(({ money }) => money.currency))).toEqual(new Set([currency.toUpperCase()]))
}

async function expectCharge(charge: Stripe.Charge): Promise<Explanation> {
  const told = await readExplanation(desk.desk(), charge.id)
  const isTaken = charge.status === 'succeeded' && charge.captured
  // What was never taken has nothing to explain, and says so.
  if (!isTaken) expect(told).toMatchObject({ closes: false, faultLine: 'charge', lines: [] })
  else expectClosing(told, charge.amount_captured, charge.currency)
  return told
}

async function expectInvoice(invoice: Stripe.Invoice): Promise<Explanation> {
  const told = await readInvoiceExplanation(desk.desk(), invoice.id)
  if (invoice.status === 'draft') expect(told).toMatchObject({ closes: false, faultLine: 'invoice', lines: [] })
  else expectClosing(told, invoice.amount_due, invoice.currency)
  return told
}

describe('every invoice and charge of what befell a customer is explained to the cent, a sentence each', () => {
  test.each(Object.keys(histories))('%s', async (kind) => {
    const customer = played.find((one) => one.kind === kind)?.customer ?? ''
    const told: Explanation[] = []
    for (const invoice of (await desk.stripe.invoices.list({ customer, limit: 100 })).data)
      told.push(await expectInvoice(invoice))
    for (const charge of (await desk.stripe.charges.list({ customer, limit: 100 })).data)
      told.push(await expectCharge(charge))
    expect(told.length).toBeGreaterThan(0)
    const sentences = told.flatMap(({ lines, after, settled }) =>
      [...lines, ...after, ...settled].map((one) => one.sentence),
    )
    for (const words of said[kind] ?? [])
      expect(
        sentences.some((sentence) => words.test(sentence)),
        String(words),
      ).toBe(true)
  })
})

test('an amount changed behind its sum is refused, and the line is named', async () => {
  const customer = played.find(({ kind }) => kind === 'usage by graduated steps')?.customer ?? ''
  const [invoice] = (await desk.stripe.invoices.list({ customer, limit: 1 })).data
  const line = invoice?.lines.data.find(({ amount }) => amount > 0)
  const id = invoice?.id ?? ''
  const change = (path: string, value: number) =>
    desk.world.pool.query('update mirror_objects set data = jsonb_set(data, $2, $3) where id = $1', [
      id,
      path,
      JSON.stringify(value),
    ])
  const index = invoice?.lines.data.findIndex((one) => one === line) ?? 0
  await change(`{lines,data,${index},quantity}`, (line?.quantity ?? 0) + 1)
  const told = await readInvoiceExplanation(desk.desk(), id)
  expect(told).toMatchObject({ closes: false, faultLine: line?.id, lines: [] })
})
