import type { Money } from '#contract/money.ts'
import { fromStripe, isExactFromStripe } from '#contract/money.ts'
import type { Authors } from './authorship.ts'
import type {
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  InvoiceFacts,
  InvoicePaymentFacts,
  PriceFacts,
  RefundFacts,
  SubscriptionFacts,
} from './facts.ts'
import { amountWords, type Dates } from './words.ts'

/** One row of the table. `part` rows are summed, `total` rows are the sums shown on the way. */
export type ExplainedLine = {
  code: string
  what: string
  /** What it is and how it is reckoned, in words a customer understands. */
  sentence: string
  money: Money
  kind: 'part' | 'total'
  /** Epoch seconds. */
  period?: { start: number; end: number }
  quantity?: number
  unitAmount?: Money
}

/** What does not add up, by how much; nothing is explained then. */
export type Fault = { faultLine: string; sentence: string; difference?: Money }

/** Something that happened to the money, at an epoch second. */
export type Happening = {
  at: number
  sentence: string
  /** Who did it, as far as it is known; absent where nobody looked. */
  by?: string
}

/** What is known around an invoice; what the mirror does not have is left out and said not to be known. */
export type Around = {
  /** Payments of the invoice, when they did not come with it. */
  payments?: InvoicePaymentFacts[]
  /** Invoices that minus lines give back from, as far as the mirror has them. */
  creditedInvoices?: InvoiceFacts[]
  creditNotes?: CreditNoteFacts[]
  refunds?: RefundFacts[]
  disputes?: DisputeFacts[]
  /** Every attempt to collect the money, failed ones too. */
  attempts?: ChargeFacts[]
  subscription?: SubscriptionFacts
  prices?: PriceFacts[]
  /** What tells by whom things were done. */
  authors?: Authors
  /** Plan names by price or product id, and discount names by discount id. */
  names?: Record<string, string>
} & Dates

export type ExplainInput = { charge: ChargeFacts; invoice?: InvoiceFacts } & Around
export type InvoiceInput = { invoice: InvoiceFacts } & Around

export type Explanation = {
  closes: boolean
  /** `= 49.00 USD charged on 3 Nov to Visa 4242`, or the sentence of what does not add up. */
  sentence: string
  lines: ExplainedLine[]
  faultLine: string | null
  difference: Money | null
  after: ExplainedLine[]
  /** What it brought us after fees and exchange; not for the customer. */
  settled: ExplainedLine[]
  history: Happening[]
  paragraphs: string[]
}

export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'faultLine' in value
}

/** A row with an amount in Stripe units of this currency. */
export function row(
  currency: string,
  code: string,
  what: string,
  amount: number,
  sentence: string,
  kind: 'part' | 'total' = 'part',
): ExplainedLine {
  return { code, what, sentence, money: fromStripe(amount, currency), kind }
}

/** A fault that says how much is missing (or too much, as a minus) between what is stated and what was reached. */
export function mismatch(
  faultLine: string,
  currency: string,
  { stated, reached }: { stated: number; reached: number },
  sentence: string,
): Fault {
  const gap = stated - reached
  const difference = isExactFromStripe(gap, currency) ? fromStripe(gap, currency) : undefined
  return {
    faultLine,
    sentence: `${sentence} The difference is ${amountWords(Math.abs(gap), currency)}.`,
    ...(difference ? { difference } : {}),
  }
}

export function refusal(fault: Fault): Explanation {
  return {
    closes: false,
    sentence: fault.sentence,
    lines: [],
    faultLine: fault.faultLine,
    difference: fault.difference ?? null,
    after: [],
    settled: [],
    history: [],
    paragraphs: [],
  }
}

export function partsSum(lines: readonly ExplainedLine[]): number {
  return lines.reduce((all, line) => (line.kind === 'part' ? all + line.money.amount : all), 0)
}

/** The first fault among these, or the rows. */
export function collected(rows: readonly (ExplainedLine | Fault)[]): ExplainedLine[] | Fault {
  const fault = rows.find(isFault)
  return fault ?? rows.filter((one): one is ExplainedLine => !isFault(one))
}
