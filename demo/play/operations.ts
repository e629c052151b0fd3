import type { Approval, Operation, RefundPreview } from '#contract/billing.ts'
import type { AgentKey } from '../company.ts'
import type { Stage } from '../stage.ts'
import { inBilling } from './billing.ts'
import { ticketOf } from './tickets.ts'

export type CreditWish = { amount: number; reason: string }

/** An agent credits the customer's balance, which their next invoice takes off. `amount` in minor units of their currency. */
export async function credits(stage: Stage, key: string, by: AgentKey, { amount, reason }: CreditWish): Promise<void> {
  const { customer, currency } = await inBilling(stage, key, by, ([first]) => {
    const paid = first?.charges[0]?.money.currency
    return first && paid ? { customer: first.link.customer, currency: paid } : undefined
  })
  await orders(stage, key, by, '/balance-credits', {
    wish: { customer, money: { amount, currency } },
    reason,
  })
}

export type EndWish = { when: 'now' | 'period_end'; reason: string }

/** An agent ends the newest subscription that still runs. */
export async function ends(stage: Stage, key: string, by: AgentKey, { when, reason }: EndWish): Promise<void> {
  const running = await inBilling(stage, key, by, (customers) =>
    customers.flatMap(({ subscriptions }) => subscriptions).find(({ status }) => status === 'active'),
  )
  await orders(stage, key, by, '/subscription-cancellations', { wish: { subscription: running.id, when }, reason })
}

/** Asks for a preview and orders what it shows, unless an operation of this kind was ordered on the ticket before. */
async function orders(
  stage: Stage,
  key: string,
  by: AgentKey,
  path: '/balance-credits' | '/subscription-cancellations',
  { wish, reason }: { wish: object; reason: string },
): Promise<void> {
  const desk = stage.desk(by)
  const ticketId = await ticketOf(stage, key)
  const kind = path === '/balance-credits' ? 'balance_credit' : 'subscription_cancellation'
  const { items } = await desk.get<{ items: Operation[] }>(`/operations?ticketId=${ticketId}`)
  if (items.some((operation) => operation.kind === kind)) return
  const preview = await desk.send<RefundPreview>('POST', `${path}/preview`, { ...wish, ticketId })
  if (preview.outcome === 'refuse') throw new Error(preview.reasons.map(({ sentence }) => sentence).join(' '))
  await desk.send<Operation>('POST', path, { previewId: preview.previewId, reason })
  await stage.settle('billing')
}

/** Somebody else says yes or no to what waits for a word on this ticket. */
export async function decides(
  stage: Stage,
  key: string,
  by: AgentKey,
  decision: 'approve' | 'reject',
  reason: string,
): Promise<void> {
  const desk = stage.desk(by)
  const ticketId = await ticketOf(stage, key)
  const approvalOf = async (state: Approval['state']) => {
    const { items } = await desk.get<{ items: Approval[] }>(`/approvals?state=${state}&limit=100`)
    return items.find((approval) => approval.ticketId === ticketId)
  }
  if (await approvalOf(decision === 'approve' ? 'approved' : 'rejected')) return
  const open = await approvalOf('open')
  if (!open) throw new Error('no approval waits on this ticket')
  await desk.send('POST', `/approvals/${open.id}/${decision}`, { reason })
  await stage.settle('billing')
}
