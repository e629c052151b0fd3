import type Stripe from 'stripe'
import { html, type Html } from './html.ts'
import { moneyText } from './money-text.ts'
import { actionButton, movementsTable } from './movements-table.ts'
import type { Account } from './payments-data.ts'

/** Every charge with what can be made to happen to it. */
export function chargesTable({ charges }: Pick<Account, 'charges'>, now: number): Html {
  if (charges.length === 0) return html`<p class="hint">None yet.</p>`
  const rows = charges.map((charge) => ({
    id: charge.id,
    created: charge.created,
    title: charge.description ?? '',
    detail: card(charge),
    status: charge.disputed ? 'disputed' : charge.refunded ? 'refunded' : charge.status,
    amount: amount(charge),
    acts: charge.paid && acts(charge),
  }))
  return movementsTable({ id: 'Charge', detail: 'Card' }, rows, now)
}

function card({ payment_method_details: details }: Stripe.Charge): string {
  return details?.card ? `${details.card.brand ?? 'card'} ${details.card.last4 ?? ''}` : 'none'
}

function amount({ amount: paid, amount_refunded: back, currency }: Stripe.Charge): Html {
  return html`${moneyText(paid, currency)}${
    back > 0 && html`<br /><span class="muted">-${moneyText(back, currency)}</span>`
  }`
}

function acts({ id, disputed }: Stripe.Charge): Html {
  return html`${actionButton('charge-again', { charge: id }, 'Charge again')}
  ${!disputed && actionButton('dispute', { charge: id }, 'Open a dispute')}`
}
