import type { InvoiceInput } from './explanation.ts'
import type { InvoiceLineFacts } from './facts.ts'
import { isCredit } from './line-proration.ts'
import { planName } from './plan-name.ts'
import { isTrial } from './trial-line.ts'
import { amountWords, counted, dayWords } from './words.ts'

/** A change in the middle of a period: the unused time given back, and the remaining time charged anew. */
export type ProrationPair = { credit?: InvoiceLineFacts; charge?: InvoiceLineFacts }

/** Pairs the two lines of each change by subscription item and moment; a line alone stays alone. */
export function prorationPairs(lines: readonly InvoiceLineFacts[]): ProrationPair[] {
  const prorations = lines.filter((line) => line.proration)
  const charges = prorations.filter((line) => !isCredit(line))
  const credits = prorations.filter(isCredit)
  const left = new Set(charges)
  const pairs = credits.map((credit): ProrationPair => {
    const charge = [...left].find(
      (candidate) =>
        candidate.subscriptionItem === credit.subscriptionItem &&
        candidate.subscription === credit.subscription &&
        candidate.periodStart === credit.periodStart,
    )
    if (charge) left.delete(charge)
    return { credit, charge }
  })
  return [...pairs, ...[...left].map((charge): ProrationPair => ({ charge }))]
}

/** One change in words, with the two amounts. */
export function explainChange({ credit, charge }: ProrationPair, input: InvoiceInput): string {
  const line = charge ?? credit
  if (!line) return ''
  const day = dayWords(line.periodStart, input)
  const until = dayWords(line.periodEnd, input)
  const back = credit ? amountWords(-credit.amount, credit.currency) : ''
  const cost = charge ? amountWords(charge.amount, charge.currency) : ''
  if (!credit) return `${planName(line, input.names)} was added on ${day}; the time until ${until} cost ${cost}.`
  if (!charge) return `${stopWords(credit, input)}; the unused time until ${until}, ${back}, was given back.`
  const [before, after] = [credit.quantity ?? 1, charge.quantity ?? 1]
  const samePrice = credit.price === charge.price
  const seats = `the number of seats went from ${before} to ${after}`
  const plan = `the plan changed from ${planName(credit, input.names)} to ${planName(charge, input.names)}`
  const what = samePrice ? (before === after ? 'the subscription changed' : seats) : plan
  const had = samePrice ? counted(before, 'seat') : planName(credit, input.names)
  const has = samePrice ? counted(after, 'seat') : planName(charge, input.names)
  return `On ${day} ${what}. ${had} had been billed until ${until}, so the unused part, ${back}, was given back; ${has} for the rest of that time cost ${cost}.`
}

/** What gave time back without charging it anew: an end, a pause, a trial, or a period that began afresh. */
export function stopWords(credit: InvoiceLineFacts, { invoice, subscription, ...around }: InvoiceInput): string {
  const name = planName(credit, around.names)
  const day = dayWords(credit.periodStart, around)
  const anew = invoice.lines.find(
    (line) => !line.proration && line.subscription === credit.subscription && line.periodStart === credit.periodStart,
  )
  if (anew) return `A new ${isTrial(anew, { subscription, ...around }) ? 'trial' : 'billing period'} began on ${day}`
  const ended = subscription?.endedAt
  const isEnd = ended !== undefined && Math.abs(ended - credit.periodStart) < 60
  return isEnd ? `${name} ended on ${day}` : `${name} was ended, paused or taken off on ${day}`
}
