import type { RefundCause } from '#contract/billing.ts'
import { fromStripe, isExactFromStripe } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { cardRef } from './mirror-place.ts'
import type { ChargeFacts } from './rules/facts.ts'
import { refundFacts } from './rules/mirror-object.ts'
import type { Given } from './rules/refund-request.ts'
import { readReferring } from './store/mirror-read.ts'
import { givenByDesk, operationsOfRefunds } from './store/operations.ts'

const yearHours = 365 * 24

/** What a year gave a customer or came back on these charges: by this desk, and refunds made elsewhere. */
export async function givenBefore(desk: Desk, customerId: string | null, charges: readonly string[]): Promise<Given[]> {
  const since = desk.now().subtract({ hours: yearHours })
  const ours = await givenByDesk(desk, { customerId, charges }, since)
  const made = await readReferring(desk, desk.ports.payments.account, charges, ['refund'])
  const ownIds = await operationsOfRefunds(
    desk,
    made.map(({ id }) => id),
  )
  const elsewhere = made.flatMap(({ id, data }) => {
    const refund = refundFacts(data)
    return ownIds.has(id) || !refund.ok ? [] : [refund.facts]
  })
  const others = elsewhere
    .filter(({ status, amount, currency }) => status === 'succeeded' && isExactFromStripe(amount, currency))
    .filter(({ created }) => created * 1000 > since.epochMilliseconds)
    .map(({ created, amount, currency, reason }) => ({
      at: created * 1000,
      money: fromStripe(amount, currency),
      cause: causeOf(reason),
    }))
  return [...ours, ...others]
}

/** Other charges of the same card. Test cards are everybody's: outside live money a fingerprint says nothing. */
export async function chargesOfCard(desk: Desk, { id, method }: ChargeFacts): Promise<string[]> {
  const { account, mode } = desk.ports.payments
  const card = mode === 'live' ? method?.fingerprint : undefined
  const same = card ? await readReferring(desk, account, [cardRef(card)], ['charge']) : []
  return same.map((charge) => charge.id).filter((other) => other !== id)
}

/** What Stripe keeps as the reason of a refund made without this desk. */
function causeOf(reason: string | undefined): RefundCause {
  if (reason === 'duplicate') return 'duplicate'
  return reason === 'fraudulent' ? 'fraud' : 'remorse'
}
