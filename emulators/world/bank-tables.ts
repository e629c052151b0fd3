import type Stripe from 'stripe'
import { html, type Html } from './html.ts'
import { moneyText } from './money-text.ts'
import { actionButton, movementsTable } from './movements-table.ts'

/** Money on its way back, with what the bank may still do to it. */
export function refundsTable(list: Stripe.Refund[], now: number): Html {
  if (list.length === 0) return html`<p class="hint">None yet. A refund made in the desk appears here by itself.</p>`
  const refunds = list.map((one) => ({
    id: one.id,
    created: one.created,
    detail: one.reason?.replaceAll('_', ' ') ?? 'none given',
    status: one.status,
    amount: moneyText(-one.amount, one.currency),
    acts: one.status === 'succeeded' && actionButton('fail-refund', { refund: one.id }, 'Let it fail'),
  }))
  return movementsTable({ id: 'Refund', detail: 'Reason' }, refunds, now)
}

/** What cardholders contest, and how their bank may decide. */
export function disputesTable(list: Stripe.Dispute[], now: number): Html {
  const disputes = list.map((one) => ({
    id: one.id,
    created: one.created,
    detail: one.reason.replaceAll('_', ' '),
    status: one.status,
    amount: moneyText(one.amount, one.currency),
    acts: !['won', 'lost', 'warning_closed'].includes(one.status) && outcomes(one.id),
  }))
  return movementsTable({ id: 'Dispute', detail: 'Reason' }, disputes, now)
}

function outcomes(dispute: string): Html {
  return html`${actionButton('close-dispute', { dispute, outcome: 'won' }, 'Company wins')}
  ${actionButton('close-dispute', { dispute, outcome: 'lost' }, 'Company loses')}`
}
