import { describe, expect, it } from 'vitest'
import { buildCharge, buildCreditNote, buildInvoice, buildLine, buildRefund, nov12, nov3, utc } from './build-facts.ts'
import { explainCharge } from './explain-charge.ts'
import type { Explanation, ExplainInput } from './explanation.ts'

const names = { price_team: 'Team', prod_addon: 'Add-on', price_pro: 'Pro' }

function explain(input: Omit<ExplainInput, 'now' | 'timeZone'>): Explanation {
  return explainCharge({ names, ...utc, ...input })
}

/** Each row as "code what amount"; totals marked with =. */
function table(explanation: Explanation): string[] {
  return explanation.lines.map(
    (line) => `${line.kind === 'total' ? '= ' : ''}${line.code} ${line.what} ${line.money.amount}`,
  )
}

function parts(explanation: Explanation): number {
  return explanation.lines.reduce((sum, line) => (line.kind === 'part' ? sum + line.money.amount : sum), 0)
}

describe('a charge that closes', () => {
  it('explains the first payment of a subscription', () => {
    const told = explain({ charge: buildCharge(), invoice: buildInvoice() })
    expect(told.sentence).toBe('= 49.00 USD charged on 3 Nov to Visa 4242')
    expect(table(told)).toEqual(['subscription Team 4900'])
    expect(told.lines[0]).toMatchObject({
      sentence: 'Team, 3 Nov to 3 Dec: 49.00 USD.',
      quantity: 1,
      unitAmount: { amount: 4900, currency: 'USD' },
    })
    expect(told.paragraphs).toEqual([
      'On 3 Nov we charged 49.00 USD to your Visa 4242 for invoice INV-0001: the first payment for Team, for 3 Nov – 3 Dec.',
    ])
  })

  it('names the year when it is not this one', () => {
    const told = explainCharge({
      charge: buildCharge(),
      invoice: buildInvoice(),
      now: utc.now + 366 * 86_400_000,
      timeZone: 'UTC',
    })
    expect(told.sentence).toBe('= 49.00 USD charged on 3 Nov 2026 to Visa 4242')
  })

  it('explains a change of seats at renewal by what was given back', () => {
    const source = buildInvoice({
      id: 'in_0',
      number: 'INV-0000',
      lines: [buildLine({ id: 'il_0', amount: 24_500, quantity: 5, unitAmount: '4900' })],
    })
    const credit = buildLine({
      id: 'il_a',
      amount: -17_150,
      quantity: 5,
      proration: true,
      periodStart: nov12,
      credits: { invoice: 'in_0', lines: ['il_0'] },
    })
    const charged = buildLine({ id: 'il_b', amount: 27_440, quantity: 8, proration: true, periodStart: nov12 })
    const renewal = buildLine({ id: 'il_c', amount: 39_200, quantity: 8, unitAmount: '4900' })
    const invoice = buildInvoice({ lines: [credit, charged, renewal], billingReason: 'subscription_cycle' })
    const told = explain({ charge: buildCharge({ amount: 49_490 }), invoice, creditedInvoices: [source] })
    expect(table(told)).toEqual([
      'proration_credit Unused time on 5 × Team -17150',
      'proration_charge Remaining time on 8 × Team 27440',
      'subscription 8 × Team 39200',
    ])
    expect(told.lines.map((line) => line.sentence)).toEqual([
      'On 12 Nov 5 × Team was changed or ended; of what invoice INV-0000 billed, the unused time is given back: 245.00 USD × 21/30 days = 171.50 USD.',
      '8 × Team for the rest of the period, 12 Nov to 3 Dec: 274.40 USD.',
      'Team, 3 Nov to 3 Dec: 8 × 49.00 USD = 392.00 USD.',
    ])
    expect(told.paragraphs[1]).toBe(
      'On 12 Nov the number of seats went from 5 to 8. 5 seats had been billed until 3 Dec, so the unused part, 171.50 USD, was given back; 8 seats for the rest of that time cost 274.40 USD.',
    )
  })

  it('shows discount, exclusive tax and inclusive tax in order', () => {
    const invoice = buildInvoice({
      total: 4749,
      discounts: [{ discount: 'di_1', amount: 1000 }],
      taxes: [
        { amount: 849, behavior: 'exclusive' },
        { amount: 300, behavior: 'inclusive' },
      ],
    })
    const told = explain({ charge: buildCharge({ amount: 4749 }), invoice, names: { ...names, di_1: 'WELCOME10' } })
    expect(table(told)).toEqual([
      'subscription Team 4900',
      '= subtotal Subtotal 4900',
      'discount WELCOME10 -1000',
      'tax Tax 849',
      '= total Total 4749',
    ])
    expect(told.lines.at(-1)?.sentence).toContain('it includes tax: 3.00 USD')
    expect(told.paragraphs[1]).toBe(
      'A discount of 10.00 USD was taken off. Tax of 8.49 USD was added. The price includes 3.00 USD of tax.',
    )
  })

  it('follows the customer balance and credit notes before payment to what was due', () => {
    const invoice = buildInvoice({
      startingBalance: -1500,
      endingBalance: 0,
      prePaymentCreditNotes: 400,
      amountDue: 3000,
    })
    const told = explain({ charge: buildCharge({ amount: 3000 }), invoice })
    expect(table(told)).toEqual([
      'subscription Team 4900',
      '= total Total 4900',
      'balance_used Credit on the account used -1500',
      'credit_note_before_payment Credit note before payment -400',
      '= amount_due Amount due 3000',
    ])
    expect(told.lines[2]?.sentence).toContain('from 15.00 USD credit to nothing')
    const owed = buildInvoice({ startingBalance: 250, endingBalance: 0, amountDue: 5150 })
    expect(table(explain({ charge: buildCharge({ amount: 5150 }), invoice: owed }))).toContain(
      'balance_owed Owed from before 250',
    )
  })

  it('takes off what another payment covered', () => {
    const payment = {
      id: 'inpay_2',
      invoice: 'in_1',
      status: 'paid',
      amountPaid: 1900,
      amountRequested: 1900,
      currency: 'usd',
      paymentIntent: 'pi_2',
      paidAt: nov3,
    }
    const base = buildInvoice()
    const invoice = { ...base, payments: [{ ...base.payments[0]!, amountPaid: 3000 }, payment] }
    const told = explain({ charge: buildCharge({ amount: 3000 }), invoice })
    expect(table(told).at(-1)).toBe('other_payment Paid separately on 3 Nov -1900')
    expect(told.closes && parts(told)).toBe(3000)
  })

  it('lists refunds after the charge with their credit notes and what remains', () => {
    const charge = buildCharge({ amountRefunded: 3000 })
    const refunds = [
      buildRefund({ amount: 2000 }),
      buildRefund({ id: 're_2', amount: 1000, status: 'pending' }),
      buildRefund({ id: 're_3', amount: 500, status: 'failed' }),
    ]
    const invoice = buildInvoice({ postPaymentCreditNotes: 2000 })
    const told = explain({ charge, invoice, refunds, creditNotes: [buildCreditNote({ total: 2000 })] })
    expect(told.after.map((line) => [line.what, line.sentence, line.money.amount])).toEqual([
      ['Refunded on 12 Nov', '20.00 USD went back to where it was paid from, with credit note INV-0001-CN-01.', -2000],
      ['Refunded on 12 Nov, on its way', '10.00 USD went back to where it was paid from.', -1000],
      ['Remains charged', 'The charge less what went back.', 1900],
    ])
    expect(told.paragraphs.at(-1)).toBe(
      'A refund of 5.00 USD on 12 Nov was turned down by the bank. We have since refunded 30.00 USD; 19.00 USD remains charged.',
    )
  })

  it('says what a credit note put on the account instead of the card', () => {
    const note = buildCreditNote({ total: 1000, refunds: [] })
    const invoice = buildInvoice({ postPaymentCreditNotes: 1000 })
    const told = explain({ charge: buildCharge(), invoice, creditNotes: [note] })
    expect(told.after).toMatchObject([
      {
        what: 'Remains charged',
        sentence: 'The charge less what went back; 10.00 USD was also credited to the account.',
        money: { amount: 4900 },
      },
    ])
  })

  it('explains an invoice item, a charge without an invoice and a currency without decimals', () => {
    const item = buildLine({
      kind: 'invoice_item',
      price: undefined,
      product: 'prod_addon',
      periodEnd: nov3,
      unitAmount: '4900',
    })
    const told = explain({ charge: buildCharge(), invoice: buildInvoice({ lines: [item], billingReason: 'manual' }) })
    expect([table(told), told.lines[0]?.sentence]).toEqual([['item Add-on 4900'], 'Add-on: 49.00 USD.'])
    expect(told.paragraphs[0]).toContain('for invoice INV-0001: Add-on.')
    const bare = explain({
      charge: buildCharge({ currency: 'jpy', amount: 500, description: 'Credits', method: { type: 'paypal' } }),
    })
    expect(bare.sentence).toBe('= 500 JPY charged on 3 Nov to PayPal')
    expect(bare.paragraphs).toEqual([
      'On 3 Nov we charged 500 JPY to your PayPal for "Credits". It was a one-off payment, not part of an invoice.',
    ])
  })
})

describe('a charge that does not close', () => {
  const line = buildLine({ id: 'il_x', amount: 4800, unitAmount: '4900' })
  const credit = buildLine({
    id: 'il_c',
    amount: -6000,
    proration: true,
    credits: { invoice: 'in_0', lines: ['il_1'] },
  })
  const source = buildInvoice({ id: 'in_0', number: 'INV-0000' })
  const twice = buildInvoice()
  const second = { ...twice.payments[0]!, id: 'inpay_2', paymentIntent: 'pi_2' }
  const cases: [string, string, string, Omit<ExplainInput, 'now' | 'timeZone'>][] = [
    [
      'line off its price',
      'il_x',
      'is billed at 48.00 USD, but its unit price times its quantity is 49.00 USD. The difference is 1.00 USD.',
      { charge: buildCharge(), invoice: buildInvoice({ lines: [line], subtotal: 4900 }) },
    ],
    [
      'subtotal off',
      'subtotal',
      'The lines sum to 49.00 USD, the invoice says 50.00 USD',
      { charge: buildCharge(), invoice: buildInvoice({ subtotal: 5000 }) },
    ],
    [
      'tax missing',
      'total',
      'do not give the total of 58.31 USD',
      { charge: buildCharge({ amount: 5831 }), invoice: buildInvoice({ total: 5831 }) },
    ],
    [
      'balance off by a cent',
      'amount_due',
      'give 39.01 USD, but 39.00 USD was due',
      { charge: buildCharge({ amount: 3900 }), invoice: buildInvoice({ startingBalance: -999, amountDue: 3900 }) },
    ],
    [
      'more given back than billed',
      'il_c',
      '60.00 USD is given back from invoice INV-0000, more than the 49.00 USD',
      {
        charge: buildCharge({ amount: 3800 }),
        invoice: buildInvoice({ lines: [buildLine({ amount: 9800 }), credit] }),
        creditedInvoices: [source],
      },
    ],
    [
      'paid twice',
      'payments',
      'asked for 49.00 USD, but 98.00 USD was paid',
      { charge: buildCharge(), invoice: { ...twice, payments: [...twice.payments, second] } },
    ],
    [
      'another charge paid it',
      'payments',
      'not among the payments',
      { charge: buildCharge({ paymentIntent: 'pi_9' }), invoice: buildInvoice() },
    ],
    [
      'refund unknown',
      'refunds',
      'Refunds of 0.00 USD are known, but 10.00 USD',
      { charge: buildCharge({ amountRefunded: 1000 }), invoice: buildInvoice() },
    ],
    [
      'not all lines',
      'lines',
      'more lines than are mirrored',
      { charge: buildCharge(), invoice: buildInvoice({ linesComplete: false }) },
    ],
    [
      'unknown tax',
      'tax',
      'neither included nor added',
      { charge: buildCharge(), invoice: buildInvoice({ taxes: [{ amount: 1, behavior: 'other' }] }) },
    ],
    ['failed', 'charge', 'nothing was charged', { charge: buildCharge({ status: 'failed' }) }],
    ['only held', 'charge', 'only held', { charge: buildCharge({ captured: false }) }],
    ['half a króna', 'amount', 'cannot hold', { charge: buildCharge({ currency: 'isk', amount: 550 }) }],
    [
      'other currency',
      'currency',
      'another currency',
      { charge: buildCharge({ currency: 'eur' }), invoice: buildInvoice() },
    ],
    [
      'balance unknown',
      'balance',
      'does not say what it took',
      { charge: buildCharge(), invoice: buildInvoice({ startingBalance: -100, endingBalance: undefined }) },
    ],
  ]
  it.each(cases)('refuses: %s', (_, faultLine, sentence, input) => {
    const told = explain(input)
    expect(told).toMatchObject({ closes: false, faultLine, lines: [], after: [], paragraphs: [] })
    expect(told.sentence).toContain(sentence)
  })
})

it('never closes on lines that do not give the charge, whatever is changed by a cent', () => {
  const good = {
    charge: buildCharge({ amount: 4349 }),
    invoice: buildInvoice({
      total: 4749,
      discounts: [{ discount: 'di', amount: 1000 }],
      taxes: [{ amount: 849, behavior: 'exclusive' }],
      startingBalance: -400,
      amountDue: 4349,
    }),
  }
  expect(explain(good).closes).toBe(true)
  expect(parts(explain(good))).toBe(4349)
  for (const key of [
    'subtotal',
    'total',
    'amountDue',
    'startingBalance',
    'endingBalance',
    'prePaymentCreditNotes',
    'creditGrants',
    'amountShipping',
  ] as const)
    for (const cent of [1, -1])
      expect(
        explain({ ...good, invoice: { ...good.invoice, [key]: (good.invoice[key] ?? 0) + cent } }).closes,
        key,
      ).toBe(false)
  expect(explain({ ...good, charge: buildCharge({ amount: 4350 }) }).closes).toBe(false)
})
