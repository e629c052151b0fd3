import { html, type Html } from './html.ts'
import type { Account } from './payments-data.ts'

/** Takes any amount from the customer's card, as the company's own shop would. */
export function chargeForm({ customer, subscriptions }: Account): Html {
  const currency = subscriptions[0]?.currency ?? customer.currency ?? 'usd'
  const currencies = [...new Set([currency, 'usd', 'eur', 'gbp', 'jpy'])]
  return html`<form class="inline-form charge-form" data-action="/world/actions/charge">
    <input type="hidden" name="customer" value="${customer.id}" />
    <label>Amount<input name="amount" inputmode="decimal" placeholder="49.00" autocomplete="off" required /></label>
    <label
      >Currency<select name="currency">
        ${currencies.map((code) => html`<option value="${code}">${code.toUpperCase()}</option>`)}
      </select></label
    >
    <label class="grow">For<input name="description" placeholder="Extra credits" autocomplete="off" /></label>
    <button class="button">Charge the card</button>
  </form>`
}
