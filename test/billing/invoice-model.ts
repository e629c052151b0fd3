import {
  at,
  buildCharge,
  buildCreditNote,
  buildDispute,
  buildInvoice,
  buildLine,
  buildRefund,
  buildSubscription,
  utc,
} from '../../server/modules/billing/rules/build-facts.ts'
import type { ExplainInput, InvoiceInput } from '../../server/modules/billing/rules/explanation.ts'
import { drawing } from './histories/draw.ts'
import type { Draw } from './histories/history.ts'
import type { InvoiceFacts, InvoiceLineFacts, PriceFacts } from '../../server/modules/billing/rules/facts.ts'

/**
 * Invoices of every kind, reckoned by a model of our own from the rules of billing: whole numbers and fractions by hand, none
 * of the arithmetic of the explainer. The same seed gives the same invoice.
 */
export type ModelInvoice = { kind: string; invoice: InvoiceInput; charge?: ExplainInput }

type Draft = { lines: InvoiceLineFacts[] } & Partial<InvoiceInput> & { more?: Partial<InvoiceFacts>; net?: boolean }

const start = at('2026-11-03T09:00:00Z')
const end = at('2026-12-03T09:00:00Z')
const day = 86_400

/** Half up on whole numbers: a ÷ b. */
const divided = (a: bigint, b: bigint): number => Number((2n * a + b) / (2n * b))
const part = (amount: number, of: number, whole: number): number => divided(BigInt(amount) * BigInt(of), BigInt(whole))
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)
const priced = (over: Partial<PriceFacts>): PriceFacts => ({
  id: 'price_team',
  currency: 'usd',
  tiers: [],
  roundUp: false,
  metered: false,
  ...over,
})
const plain = (amount: number, over: Partial<InvoiceLineFacts> = {}): InvoiceLineFacts =>
  buildLine({ amount, unitAmount: String(amount), ...over })

const contents: Record<string, (draw: Draw) => Draft> = {
  plan: (draw) => ({ lines: [plain(draw(100, 90_000))] }),
  seats: (draw) => {
    const [unit, quantity] = [draw(1, 9000), draw(2, 300)]
    return { lines: [plain(unit * quantity, { unitAmount: String(unit), quantity })] }
  },
  'parts of a cent': (draw) => {
    const [millis, quantity] = [draw(1, 999), draw(1000, 90_000)]
    return {
      lines: [
        plain(divided(BigInt(millis * quantity), 1000n), {
          unitAmount: `0.${String(millis).padStart(3, '0')}`,
          quantity,
        }),
      ],
    }
  },
  packages: (draw) => {
    const [unit, quantity] = [draw(100, 900), draw(101, 9999)]
    const price = priced({ unitAmount: String(unit), divideBy: 100, roundUp: true, metered: true })
    return {
      lines: [buildLine({ amount: unit * Math.ceil(quantity / 100), unitAmount: undefined, quantity })],
      prices: [price],
    }
  },
  trial: (draw) => ({
    lines: [
      buildLine({ amount: 0, description: 'Trial period for Team' }),
      plain(draw(100, 900), { id: 'il_2', kind: 'invoice_item' }),
    ],
  }),
  'free trial': () => ({ lines: [buildLine({ amount: 0 })], subscription: buildSubscription({ trialEnd: end }) }),
  graduated: (draw) => {
    const [first, quantity] = [draw(1, 50), draw(0, 200)]
    const [a, b, flat] = [draw(100, 900), draw(50, 99), draw(0, 500)]
    const inFirst = quantity < first ? quantity : first
    const beyond = quantity - inFirst
    const amount = a * inFirst + flat + b * beyond
    const tiers = [{ upTo: first, unit: String(a), flat: String(flat) }, { unit: String(b) }]
    return {
      lines: [buildLine({ amount, quantity })],
      prices: [priced({ tiersMode: 'graduated', tiers, metered: true })],
    }
  },
  volume: (draw) => {
    const [first, quantity, a, b] = [draw(5, 50), draw(1, 200), draw(500, 900), draw(50, 400)]
    const tiers = [
      { upTo: first, unit: String(a) },
      { unit: String(b), flat: '700' },
    ]
    const amount = quantity <= first ? a * quantity : b * quantity + 700
    return { lines: [buildLine({ amount, quantity })], prices: [priced({ tiersMode: 'volume', tiers })] }
  },
  'classic change': (draw) => changed(draw, 0),
  'flexible change': (draw) => changed(draw, draw(1, 40)),
}

/** From some seats to others in the middle of the period; flexible billing gives back what was paid after the discount. */
function changed(draw: Draw, percent: number): Draft {
  const [unit, before, after, left] = [draw(500, 9000), draw(1, 20), draw(21, 40), draw(1, 29)]
  const billed = unit * before
  const off = part(billed, percent, 100)
  const seconds = percent ? left * day - 3601 : left * day
  const from = end - seconds
  const source = buildInvoice({
    id: 'in_0',
    number: 'INV-0000',
    lines: [
      buildLine({
        id: 'il_0',
        amount: billed,
        quantity: before,
        unitAmount: String(unit),
        discounts: off ? [{ discount: 'di_0', amount: off }] : [],
      }),
    ],
  })
  const span = { proration: true, periodStart: from, periodEnd: end }
  return {
    lines: [
      buildLine({
        id: 'il_a',
        amount: -part(billed - off, seconds, end - start),
        quantity: before,
        credits: { invoice: 'in_0', lines: ['il_0'] },
        ...span,
      }),
      buildLine({ id: 'il_b', amount: part(unit * after, seconds, end - start), quantity: after, ...span }),
    ],
    creditedInvoices: [source],
    subscription: buildSubscription(),
    prices: [priced({ unitAmount: String(unit) })],
    more: { billingReason: 'subscription_update' },
  }
}

/** Takes something off or adds tax, line by line. */
const changes: Record<string, (draw: Draw, draft: Draft) => Partial<InvoiceFacts>> = {
  nothing: () => ({}),
  'percent off': (draw, { lines }) => {
    const percent = draw(1, 60)
    for (const line of lines)
      if (!line.proration && line.amount > 0)
        line.discounts = [{ discount: 'di_1', amount: part(line.amount, percent, 100) }]
    const amount = sum(lines.flatMap((line) => line.discounts.map((one) => one.amount)))
    return {
      discounts: [{ discount: 'di_1', amount }],
      coupons: { di_1: { name: 'Welcome', code: 'HELLO', percentOff: percent } },
    }
  },
  'amount off': (draw, { lines }) => {
    const line = lines.find((one) => one.amount > 0 && !one.proration)
    if (!line) return {}
    const amount = draw(1, line.amount)
    line.discounts = [{ discount: 'di_1', amount }]
    return { discounts: [{ discount: 'di_1', amount }], coupons: { di_1: { name: 'Sorry', amountOff: amount } } }
  },
  'tax added': (draw, { lines }) => taxed(draw, lines, 'exclusive'),
  'tax inside': (draw, { lines }) => taxed(draw, lines, 'inclusive'),
  'reverse charge': () => ({ taxExempt: 'reverse' }),
  'credit grant': (draw, { lines }) => {
    const room = sum(lines.map((line) => line.amount))
    return room > 0 ? { creditGrants: draw(1, room) } : {}
  },
}

function taxed(draw: Draw, lines: InvoiceLineFacts[], behavior: 'exclusive' | 'inclusive'): Partial<InvoiceFacts> {
  const percentage = draw(1, 27)
  for (const line of lines) {
    if (line.amount <= 0) continue
    const taxable = behavior === 'exclusive' ? line.amount : part(line.amount, 100, 100 + percentage)
    line.taxes = [{ amount: part(taxable, percentage, 100), behavior, rate: 'txr_1', taxable }]
  }
  const all = lines.flatMap((line) => line.taxes)
  const amount = sum(all.map((tax) => tax.amount))
  return {
    taxes: [{ amount, behavior, rate: 'txr_1', taxable: sum(all.map((tax) => tax.taxable ?? 0)) }],
    taxRates: { txr_1: { name: 'VAT', percentage } },
  }
}

const endings = [
  'paid',
  'credit used',
  'debt added',
  'too small',
  'note before',
  'note after',
  'two payments',
  'by hand',
  'overpaid',
  'refunded',
  'disputed',
  'exchanged',
  'overdue',
  'voided',
  'given up',
] as const

export const modelKinds = Object.keys(contents).flatMap((content) =>
  Object.keys(changes).flatMap((change) => endings.map((ending) => `${content}, ${change}, ${ending}`)),
)

/** The invoice of this kind for this seed, with the charge that paid it where one did. */
export function modelInvoice(kind: string, seed: number): ModelInvoice {
  const draw = drawing(seed)
  const [content = '', change = '', ending = ''] = kind.split(', ')
  const draft = contents[content]?.(draw) ?? { lines: [] }
  const over = changes[change]?.(draw, draft) ?? {}
  const { lines, more, net: _, ...around } = draft
  const subtotal = sum(lines.map((line) => line.amount))
  const off = sum((over.discounts ?? []).map((one) => one.amount)) + (over.creditGrants ?? 0)
  const added = sum((over.taxes ?? []).map((tax) => (tax.behavior === 'exclusive' ? tax.amount : 0)))
  const total = subtotal - off + added
  const made = buildInvoice({ lines, subtotal, total, ...more, ...over, payments: [], amountDue: 0 })
  const dates = { ...utc, names: { price_team: 'Team' }, ...around }
  if (total <= 0) return { kind, invoice: { invoice: { ...made, endingBalance: total, amountPaid: 0 }, ...dates } }
  return ended(kind, ending, draw, { made, dates, total })
}

type Made = { made: InvoiceFacts; dates: Omit<InvoiceInput, 'invoice'>; total: number }

function ended(kind: string, ending: string, draw: Draw, { made, dates, total }: Made): ModelInvoice {
  const paidBy = (amount: number, id = '1') => ({
    id: `inpay_${id}`,
    invoice: 'in_1',
    status: 'paid',
    amountPaid: amount,
    amountRequested: amount,
    currency: 'usd',
    paymentIntent: `pi_${id}`,
    paidAt: start,
  })
  const paid = (due: number, over: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
    ...made,
    amountDue: due,
    amountPaid: due,
    payments: due ? [paidBy(due)] : [],
    ...over,
  })
  const both = (invoice: InvoiceFacts, more: Partial<ExplainInput> = {}): ModelInvoice => ({
    kind,
    invoice: { invoice, ...dates, ...more },
    charge: { charge: buildCharge({ amount: invoice.amountPaid }), invoice, ...dates, ...more },
  })
  const unpaid = (over: Partial<InvoiceFacts>): ModelInvoice => ({
    kind,
    invoice: {
      invoice: { ...made, amountDue: total, amountPaid: 0, amountRemaining: total, paidAt: undefined, ...over },
      ...dates,
    },
  })
  const some = draw(1, total)
  switch (ending) {
    case 'credit used': {
      const invoice = paid(total - some, { startingBalance: -some })
      return invoice.amountDue ? both(invoice) : { kind, invoice: { invoice, ...dates } }
    }
    case 'debt added':
      return both(paid(total + some, { startingBalance: some }))
    case 'too small':
      return { kind, invoice: { invoice: paid(0, { endingBalance: total }), ...dates } }
    case 'note before': {
      const invoice = paid(total - some, { prePaymentCreditNotes: some })
      const creditNotes = [buildCreditNote({ total: some, prePayment: some, postPayment: 0, refunds: [] })]
      return invoice.amountDue ? both(invoice, { creditNotes }) : { kind, invoice: { invoice, ...dates, creditNotes } }
    }
    case 'note after': {
      const back = draw(1, some)
      const note = buildCreditNote({
        total: some,
        refunds: [{ refund: 're_1', amount: back }],
        outOfBand: some > back ? 1 : 0,
      })
      const invoice = paid(total, { postPaymentCreditNotes: some })
      const more = { creditNotes: [note], refunds: [buildRefund({ amount: back })] }
      return {
        ...both(invoice, more),
        charge: { ...dates, ...more, invoice, charge: buildCharge({ amount: total, amountRefunded: back }) },
      }
    }
    case 'two payments': {
      if (total < 2) return both(paid(total))
      const first = draw(1, total - 1)
      const invoice = paid(total, { payments: [paidBy(first), paidBy(total - first, '2')] })
      return {
        kind,
        invoice: { invoice, ...dates },
        charge: { ...dates, invoice, charge: buildCharge({ amount: first }) },
      }
    }
    case 'by hand':
      return { kind, invoice: { invoice: paid(total, { payments: [], paidOffStripe: total }), ...dates } }
    case 'overpaid':
      return {
        ...both(paid(total, { amountPaid: total + some, amountOverpaid: some, payments: [paidBy(total + some)] })),
      }
    case 'refunded': {
      const refunds = [
        buildRefund({ amount: some, status: 'pending' }),
        buildRefund({ id: 're_2', amount: 1, status: 'failed' }),
      ]
      return {
        ...both(paid(total), { refunds }),
        charge: {
          ...dates,
          refunds,
          invoice: paid(total),
          charge: buildCharge({ amount: total, amountRefunded: some }),
        },
      }
    }
    case 'disputed':
      return both(paid(total), { disputes: [buildDispute({ amount: total, status: 'lost' })] })
    case 'exchanged': {
      const [got, fee] = [part(total, 88, 100), draw(1, 90)]
      const balance = {
        id: 'txn_1',
        amount: got,
        currency: 'eur',
        exchangeRate: 0.88,
        fee,
        fees: [{ amount: fee, what: 'Stripe fees' }],
        net: got - fee,
        created: start,
      }
      const invoice = paid(total)
      return { ...both(invoice), charge: { ...dates, invoice, charge: { ...buildCharge({ amount: total }), balance } } }
    }
    case 'overdue':
      return unpaid({ status: 'open', dueDate: start + day, tries: 2, nextAttempt: end })
    case 'voided':
      return unpaid({ status: 'void', voidedAt: start + day })
    case 'given up':
      return unpaid({ status: 'uncollectible', uncollectibleAt: end })
    default:
      return both(paid(total))
  }
}
