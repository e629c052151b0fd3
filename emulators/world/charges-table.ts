import type Stripe from 'stripe'
import { html, type Html } from './html.ts'
import { moneyText } from './money-text.ts'
import type { Account } from './payments-data.ts'
import { statusTag } from './status-tag.ts'
import { dateText } from './time-text.ts'

/** Every charge with what can be made to happen to it. */
export function chargesTable({ charges }: Pick<Account, 'charges'>, now: number): Html {
  if (charges.length === 0) return html`<p class="hint">None yet.</p>`
  return html`<table>
    <thead>
      <tr>
        <th>Date</th>
        <th class="id">Charge</th>
        <th class="lesser">Card</th>
        <th>Status</th>
        <th class="amount">Amount</th>
        <th><span class="unseen">What can happen</span></th>
      </tr>
    </thead>
    <tbody>
      ${charges.map(
        (charge) =>
          html`<tr>
            <td>${dateText(charge.created * 1000, now)}</td>
            <td class="id" title="${charge.description ?? ''}">${charge.id}</td>
            <td class="lesser">${card(charge)}</td>
            <td>${statusTag(charge.disputed ? 'disputed' : charge.refunded ? 'refunded' : charge.status)}</td>
            <td class="amount">
              ${moneyText(charge.amount, charge.currency)}${
                charge.amount_refunded > 0 &&
                html`<br /><span class="muted">-${moneyText(charge.amount_refunded, charge.currency)}</span>`
              }
            </td>
            <td class="acts">${charge.paid && acts(charge)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function card({ payment_method_details: details }: Stripe.Charge): string {
  return details?.card ? `${details.card.brand ?? 'card'} ${details.card.last4 ?? ''}` : 'none'
}

function acts({ id, disputed }: Stripe.Charge): Html {
  return html`<div class="buttons">
    <form data-action="/world/actions/charge-again">
      <input type="hidden" name="charge" value="${id}" /><button class="button small">Charge again</button>
    </form>
    ${!disputed && html`<form data-action="/world/actions/dispute"><input type="hidden" name="charge" value="${id}" /><button class="button small">Open a dispute</button></form>`}
  </div>`
}
