import type Stripe from 'stripe'
import { disputesTable, refundsTable } from './bank-tables.ts'
import { chargeForm } from './charge-form.ts'
import { chargesTable } from './charges-table.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { moneyText } from './money-text.ts'
import type { Account } from './payments-data.ts'
import { planText } from './plan-text.ts'
import { statusTag } from './status-tag.ts'
import { dateText } from './time-text.ts'

/** One customer's side of Stripe, live. */
export function accountView(account: Account, names: Map<string, string>, now: number): Html {
  const { customer } = account
  return html`<section class="detail" aria-label="Account of ${customer.name ?? customer.id}">
    <div class="pane-head">
      <a class="back" href="/payments" aria-label="Back to customers">${icons.back}</a>
      <div class="who">
        <h2>${customer.name || customer.email || customer.id}</h2>
        <span class="muted">${customer.email} · ${customer.id}</span>
      </div>
      ${customer.email && html`<a class="button" href="/write?${new URLSearchParams({ from: customer.email, name: customer.name ?? '' }).toString()}">${icons.pencil}<span>Write as them</span></a>`}
    </div>
    <div class="account">
      ${chargeForm(account)}
      <div class="account-facts" id="account" data-live>
        ${customer.balance !== 0 && html`<p class="hint">Balance ${moneyText(customer.balance, customer.currency ?? 'usd')}</p>`}
        <section>
          <h3>Subscriptions</h3>
          ${
            account.subscriptions.length === 0
              ? html`<p class="hint">None.</p>`
              : account.subscriptions.map((one) => subscription(one, names, now))
          }
        </section>
        <section>
          <h3>Charges</h3>
          ${chargesTable(account, now)}
        </section>
        <section>
          <h3>Refunds</h3>
          ${refundsTable(account.refunds, now)}
        </section>
        ${
          account.disputes.length > 0 &&
          html`<section>
            <h3>Disputes</h3>
            ${disputesTable(account.disputes, now)}
          </section>`
        }
        <section>
          <h3>Invoices</h3>
          ${invoices(account.invoices, now)}
        </section>
      </div>
    </div>
  </section>`
}

function subscription(one: Stripe.Subscription, names: Map<string, string>, now: number): Html {
  const end = one.items.data[0]?.current_period_end
  const ends = one.cancel_at_period_end ? 'ends' : 'renews'
  const living = one.status !== 'canceled'
  return html`<div class="subscription">
    <div class="row-main">
      <b>${planText(one, names)}</b
      ><span class="muted"
        >${living && end !== undefined ? `${ends} ${dateText(end * 1000, now)} · ` : ''}${one.id}</span
      >
    </div>
    ${statusTag(one.status)}${
      living &&
      html`<div class="buttons">
        <form data-action="/world/actions/renew">
          <input type="hidden" name="subscription" value="${one.id}" /><button class="button">Renew now</button>
        </form>
        <form data-action="/world/actions/fail-next-payment">
          <button class="button">Fail the next payment</button>
        </form>
      </div>`
    }
  </div>`
}

function invoices(list: Stripe.Invoice[], now: number): Html {
  if (list.length === 0) return html`<p class="hint">None.</p>`
  return html`<table>
    <thead>
      <tr>
        <th>Date</th>
        <th class="id">Invoice</th>
        <th>Why</th>
        <th>Status</th>
        <th class="amount">Total</th>
      </tr>
    </thead>
    <tbody>
      ${list.map(
        (one) =>
          html`<tr>
            <td>${dateText(one.created * 1000, now)}</td>
            <td class="id">${one.number ?? one.id}</td>
            <td>${one.billing_reason?.replaceAll('_', ' ') ?? ''}</td>
            <td>${statusTag(one.status)}</td>
            <td class="amount">${moneyText(one.total, one.currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
