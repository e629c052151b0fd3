import { exchangeEffects } from './exchange-effect.ts'
import { mismatch, partsSum, row, type ExplainedLine, type ExplainInput, type Fault } from './explanation.ts'
import type { BalanceFacts, ChargeFacts, DisputeFacts } from './facts.ts'
import { amountWords, dayWords, type Dates } from './words.ts'

/** What a charge brought us after fees, refunds and exchange, in the currency we are paid out in. Empty while not settled. */
export function explainSettled(input: ExplainInput): ExplainedLine[] | Fault {
  const { charge } = input
  const { balance } = charge
  if (!balance) return []
  const refunds = (input.refunds ?? []).filter(({ status }) => status === 'succeeded' || status === 'pending')
  const fault =
    settledFault(charge, balance) ??
    [...refunds.flatMap((one) => one.balance ?? []), ...(input.disputes ?? []).flatMap((one) => one.balances ?? [])]
      .map(sumFault)
      .find((one) => one !== undefined)
  if (fault) return fault
  const { effects, unknown } = exchangeEffects({ ...charge, amount: charge.amountCaptured }, refunds, input)
  const back = refunds.flatMap((refund): ExplainedLine[] => {
    const effect = effects.find((one) => one.refund === refund.id)
    if (!refund.balance || refund.balance.currency !== balance.currency) return []
    const told = effect?.sentence ?? 'The fee of the payment is not given back with a refund.'
    return [
      row(balance.currency, 'refund_settled', `Refund on ${dayWords(refund.created, input)}`, refund.balance.net, told),
    ]
  })
  const rows = [
    row(balance.currency, 'settled', 'Settled', balance.amount, settledWords(charge, balance)),
    ...feeRows(balance),
    ...back,
    ...(input.disputes ?? []).flatMap((dispute) => disputeRows(dispute, balance.currency, input)),
  ]
  const net = partsSum(rows)
  const total = row(
    balance.currency,
    'net',
    'Stays with us',
    0,
    unknown.join(' ') || 'After fees and what went back.',
    'total',
  )
  return [...rows, { ...total, money: { ...total.money, amount: net } }]
}

/** What the bank took and gave back, with the fee for it, as it moved our balance. */
function disputeRows({ balances = [] }: DisputeFacts, currency: string, dates: Dates): ExplainedLine[] {
  return balances
    .filter((one) => one.currency === currency)
    .map((one) => {
      const day = dayWords(one.created, dates)
      const [moved, fee] = [amountWords(Math.abs(one.amount), currency), amountWords(one.fee, currency)]
      const kept = one.fee ? `, and ${fee} was kept as the fee` : ''
      return one.amount < 0
        ? row(currency, 'dispute_settled', `Dispute on ${day}`, one.net, `The bank took ${moved} back${kept}.`)
        : row(currency, 'dispute_settled', `Dispute won on ${day}`, one.net, `The bank gave ${moved} back${kept}.`)
    })
}

function feeRows(balance: BalanceFacts): ExplainedLine[] {
  const fees = balance.fees.length ? balance.fees : balance.fee ? [{ amount: balance.fee, what: 'Processing fee' }] : []
  return fees.map((fee) =>
    row(
      balance.currency,
      'fee',
      fee.what,
      -fee.amount,
      `Kept by Stripe: ${amountWords(fee.amount, balance.currency)}.`,
    ),
  )
}

function settledWords(charge: ChargeFacts, balance: BalanceFacts): string {
  const [got, paid] = [
    amountWords(balance.amount, balance.currency),
    amountWords(charge.amountCaptured, charge.currency),
  ]
  if (balance.currency === charge.currency) return `${paid} reached our balance.`
  return balance.exchangeRate === undefined
    ? `${paid} was exchanged for ${got}.`
    : `${paid} × ${balance.exchangeRate} = ${got}.`
}

function settledFault(charge: ChargeFacts, balance: BalanceFacts): Fault | undefined {
  if (balance.currency === charge.currency && balance.amount !== charge.amountCaptured)
    return mismatch(
      'settled',
      balance.currency,
      { stated: balance.amount, reached: charge.amountCaptured },
      `${amountWords(balance.amount, balance.currency)} was settled for a charge of ${amountWords(charge.amountCaptured, charge.currency)}.`,
    )
  return sumFault(balance)
}

function sumFault(balance: BalanceFacts): Fault | undefined {
  if (balance.amount - balance.fee !== balance.net)
    return mismatch(
      'net',
      balance.currency,
      { stated: balance.net, reached: balance.amount - balance.fee },
      'What was settled less its fee is not what reached our balance.',
    )
  const fees = balance.fees.reduce((all, fee) => all + fee.amount, 0)
  if (balance.fees.length && fees !== balance.fee)
    return mismatch(
      'fee',
      balance.currency,
      { stated: balance.fee, reached: fees },
      'The fees do not sum to the fee taken.',
    )
  return undefined
}
