import { setTimeout as sleep } from 'node:timers/promises'
import type { Approval, ChargeView, ContactBilling, Operation, RefundCause, RefundPreview } from '#contract/billing.ts'
import type { Ticket } from '#contract/inbox.ts'
import type { AgentKey } from '../company.ts'
import type { Stage } from '../stage.ts'
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
  const charge = await lastCharge(stage, by, ticketId, among)
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

/** The newest charge that nothing was returned of, once the mirror has it; links that wait are confirmed on the way. */
async function lastCharge(stage: Stage, by: AgentKey, ticketId: string, among: number): Promise<ChargeView> {
  const desk = stage.desk(by)
  const { requester } = await desk.get<Ticket>(`/tickets/${ticketId}`)
  for (let tries = 0; ; tries++) {
    await stage.settle('billing')
    await confirmLinks(stage, by, requester.id)
    const billing = await desk.get<ContactBilling>(`/contacts/${requester.id}/billing`)
    const charges = billing.customers.flatMap((customer) => customer.charges)
    const [newest] = charges
      .filter((charge) => charge.status === 'succeeded' && charge.refunded.amount === 0)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    if (newest && charges.length >= among) return newest
    if (tries === 50) throw new Error(`no charge of ${requester.email} is known`)
    await sleep(200)
  }
}

/** An agent opens the ticket, looks at the evidence for who this is in Stripe, and says yes. */
export async function looksAtBilling(stage: Stage, key: string, by: AgentKey): Promise<void> {
  await lastCharge(stage, by, await ticketOf(stage, key), 1)
}

async function confirmLinks(stage: Stage, by: AgentKey, contactId: string): Promise<void> {
  const desk = stage.desk(by)
  const { proposals } = await desk.get<ContactBilling>(`/contacts/${contactId}/billing`)
  for (const link of proposals) await desk.send('POST', `/billing-links/${link.id}/confirm`, undefined)
  if (proposals.length > 0) await stage.settle('billing')
}

/** Somebody else says yes to the refund that waits on this ticket. */
export async function approvesRefund(stage: Stage, key: string, by: AgentKey, reason: string): Promise<void> {
  const desk = stage.desk(by)
  const ticketId = await ticketOf(stage, key)
  const approvalOf = async (state: Approval['state']) => {
    const { items } = await desk.get<{ items: Approval[] }>(`/approvals?state=${state}&limit=100`)
    return items.find((approval) => approval.ticketId === ticketId)
  }
  if (await approvalOf('approved')) return
  const open = await approvalOf('open')
  if (!open) throw new Error('no approval waits on this ticket')
  await desk.send('POST', `/approvals/${open.id}/approve`, { reason })
  await stage.settle('billing')
}
