import type { ChargeView, ContactBilling, Operation, RefundCause, RefundPreview } from '#contract/billing.ts'
import type { AgentKey } from '../company.ts'
import type { Stage } from '../stage.ts'
import { inBilling } from './billing.ts'
import { ticketOf } from './tickets.ts'

export type RefundWish = {
  cause: RefundCause
  /** How many charges must be known before the newest is picked; one unless said. */
  among?: number
  /** In minor units; what the policy proposes unless said. */
  amount?: number
  reason?: string
}

/** What an agent does in the refund drawer: looks at the charges, asks the policy, asks for the refund. */
export async function refunds(
  stage: Stage,
  key: string,
  by: AgentKey,
  { cause, among = 1, amount, reason }: RefundWish,
): Promise<void> {
  const desk = stage.desk(by)
  const ticketId = await ticketOf(stage, key)
  const { items: known } = await desk.get<{ items: Operation[] }>(`/operations?ticketId=${ticketId}`)
  if (known.length > 0) return
  const charge = await inBilling(stage, key, by, lastCharge(among, amount ?? 0))
  const preview = await desk.send<RefundPreview>('POST', '/refunds/preview', {
    charge: charge.id,
    cause,
    ticketId,
    ...(amount === undefined ? {} : { amount }),
  })
  if (preview.outcome !== 'refund' || !preview.proposed)
    throw new Error(`the policy refuses: ${preview.reasons.map((one) => one.sentence).join(' ')}`)
  const body = {
    previewId: preview.previewId,
    amount: amount ?? preview.proposed.amount,
    ...(reason ? { reason } : {}),
  }
  await desk.send<Operation>('POST', '/refunds', body)
  await stage.settle('billing')
}

/** The newest charge that nothing was returned of and that covers an amount, once as many are known as are expected. */
function lastCharge(among: number, covers: number): (customers: ContactBilling['customers']) => ChargeView | undefined {
  return (customers) => {
    const charges = customers.flatMap((customer) => customer.charges)
    const [newest] = charges
      .filter(
        ({ status, money, refunded }) => status === 'succeeded' && refunded.amount === 0 && money.amount >= covers,
      )
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    return charges.length >= among ? newest : undefined
  }
}
