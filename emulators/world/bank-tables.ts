import type Stripe from 'stripe'
import { html, type Html } from './html.ts'
import { moneyText } from './money-text.ts'
import { statusTag } from './status-tag.ts'
import { dateText } from './time-text.ts'

/** Money on its way back, with what the bank may still do to it. */
export function refundsTable(list: Stripe.Refund[], now: number): Html {
  if (list.length === 0) return html`<p class="hint">None yet. A refund made in the desk appears here by itself.</p>`
  return html`<table>
    <thead>
      <tr>
        <th>Date</th>
        <th class="id">Refund</th>
        <th class="lesser">Reason</th>
        <th>Status</th>
        <th class="amount">Amount</th>
        <th><span class="unseen">What can happen</span></th>
      </tr>
    </thead>
    <tbody>
      ${list.map(
        (one) =>
          html`<tr>
            <td>${dateText(one.created * 1000, now)}</td>
            <td class="id">${one.id}</td>
            <td class="lesser">${one.reason?.replaceAll('_', ' ') ?? 'none given'}</td>
            <td>${statusTag(one.status)}</td>
            <td class="amount">${moneyText(-one.amount, one.currency)}</td>
            <td class="acts">
              ${one.status === 'succeeded' && html`<div class="buttons">${button('fail-refund', { refund: one.id }, 'Let it fail')}</div>`}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** What cardholders contest, and how their bank may decide. */
export function disputesTable(list: Stripe.Dispute[], now: number): Html {
  return html`<table>
    <thead>
      <tr>
        <th>Date</th>
        <th class="id">Dispute</th>
        <th class="lesser">Reason</th>
        <th>Status</th>
        <th class="amount">Amount</th>
        <th><span class="unseen">What can happen</span></th>
      </tr>
    </thead>
    <tbody>
      ${list.map(
        (one) =>
          html`<tr>
            <td>${dateText(one.created * 1000, now)}</td>
            <td class="id">${one.id}</td>
            <td class="lesser">${one.reason.replaceAll('_', ' ')}</td>
            <td>${statusTag(one.status)}</td>
            <td class="amount">${moneyText(one.amount, one.currency)}</td>
            <td class="acts">${!['won', 'lost', 'warning_closed'].includes(one.status) && outcomes(one.id)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function outcomes(dispute: string): Html {
  return html`<div class="buttons">
    ${button('close-dispute', { dispute, outcome: 'won' }, 'Company wins')}
    ${button('close-dispute', { dispute, outcome: 'lost' }, 'Company loses')}
  </div>`
}

function button(action: string, fields: Record<string, string>, label: string): Html {
  return html`<form data-action="/world/actions/${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="button small">${label}</button>
  </form>`
}
