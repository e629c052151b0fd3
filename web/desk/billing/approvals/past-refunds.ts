import type { ChargeView, ContactBilling } from '#contract/billing.ts'
import { add, type Money } from '#contract/money.ts'

export type PastRefund = ChargeView['refunds'][number] & { charge: ChargeView }

const movesMoney = new Set(['succeeded', 'pending', 'requires_action'])

/** Every refund of every linked customer, newest first. */
export function pastRefunds({ customers }: ContactBilling): PastRefund[] {
  return customers
    .flatMap(({ charges }) => charges)
    .flatMap((charge) => charge.refunds.map((refund) => ({ ...refund, charge })))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
}

/** What went back, one sum per currency; refunds that failed moved nothing. */
export function refundedSums(refunds: readonly PastRefund[]): Money[] {
  const sums = new Map<string, Money>()
  for (const { money, status } of refunds) {
    if (!movesMoney.has(status)) continue
    const sum = sums.get(money.currency)
    sums.set(money.currency, sum ? add(sum, money) : money)
  }
  return [...sums.values()]
}
