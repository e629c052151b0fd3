import { scale } from '#contract/money.ts'
import type { BalanceFacts } from './facts.ts'
import { amountWords, dayWords, type Dates } from './words.ts'

/** What a refund cost us against what the same part of the charge had brought, both in the currency we are paid out in. */
export type ExchangeEffect = {
  refund: string
  /** Stripe units and lower-case code of the currency settled in. */
  currency: string
  brought: number
  cost: number
  /** Negative is a loss. */
  effect: number
  sentence: string
}

export type SettledCharge = { id: string; amount: number; currency: string; balance?: BalanceFacts }
export type SettledRefund = { id: string; amount: number; currency: string; created: number; balance?: BalanceFacts }

/**
 * One effect for each refund that was settled in another currency than it was presented in. The customer gets exactly the
 * presented amount back; we pay at that day's rate. Parts of a charge are cut so that those of all refunds sum to the whole.
 */
export function exchangeEffects(
  charge: SettledCharge,
  refunds: readonly SettledRefund[],
  dates: Dates,
): { effects: ExchangeEffect[]; unknown: string[] } {
  const came = charge.balance
  const unknown: string[] = []
  const effects: ExchangeEffect[] = []
  if (!came || came.currency === charge.currency || charge.amount <= 0) return { effects, unknown }
  let before = 0
  for (const refund of [...refunds].sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))) {
    const part = share(came.amount, before, refund.amount, charge.amount)
    before += refund.amount
    const went = refund.balance
    if (!went || went.currency !== came.currency) {
      const why = went
        ? `settled in ${went.currency.toUpperCase()}, the charge in ${came.currency.toUpperCase()}`
        : 'not settled yet'
      unknown.push(
        `The exchange effect of the refund of ${amountWords(refund.amount, refund.currency)} is not known: it is ${why}.`,
      )
      continue
    }
    const effect = part + went.amount
    effects.push({
      refund: refund.id,
      currency: came.currency,
      brought: part,
      cost: -went.amount,
      effect,
      sentence: effectWords(refund, { came, went, part, effect }, dates),
    })
  }
  return { effects, unknown }
}

/** The slice of what came in that belongs to the refund after `before` had gone back already. */
function share(whole: number, before: number, amount: number, charged: number): number {
  return scale(whole, before + amount, charged) - scale(whole, before, charged)
}

type Settled = { came: BalanceFacts; went: BalanceFacts; part: number; effect: number }

function effectWords(refund: SettledRefund, { came, went, part, effect }: Settled, dates: Dates): string {
  const words = (amount: number): string => amountWords(amount, came.currency)
  const outcome =
    effect === 0 ? 'neither gain nor loss' : `${effect < 0 ? 'a loss' : 'a gain'} of ${words(Math.abs(effect))}`
  return (
    `${amountWords(refund.amount, refund.currency)} had brought ${words(part)} on ${dayWords(came.created, dates)}${rate(came)}; ` +
    `giving it back cost ${words(-went.amount)} on ${dayWords(went.created, dates)}${rate(went)}: ${outcome}.`
  )
}

function rate({ exchangeRate }: BalanceFacts): string {
  return exchangeRate === undefined ? '' : ` at ${exchangeRate}`
}
