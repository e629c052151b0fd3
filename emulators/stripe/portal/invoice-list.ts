import type { Stripe } from 'stripe'
import { html, type Html } from '../../world/html.ts'
import { spoken } from '../engine/money.ts'
import { spokenDay } from '../engine/periods.ts'

/** The finalised invoices, newest first. */
export function invoiceList(invoices: Stripe.Invoice[]): Html {
  if (invoices.length === 0)
    return html`<section aria-labelledby="invoices">
      <h2 id="invoices">Invoices</h2>
      <p>There are no invoices yet.</p>
    </section>`
  return html`<section aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Number</th>
          <th scope="col">Status</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${invoices.map(
          ({ created, number, status, total, currency }) =>
            html`<tr>
              <td>${spokenDay(created)}</td>
              <td>${number}</td>
              <td>${status}</td>
              <td class="amount">${spoken(total, currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}
