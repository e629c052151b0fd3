import { avatar } from './avatar.ts'
import { accountView } from './account-view.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { listSubscribers, productNames, readAccount, type Subscriber } from './payments-data.ts'
import { planText } from './plan-text.ts'
import { statusTag } from './status-tag.ts'
import type { World } from './world.ts'

type Where = { customer: string | undefined; after: string | undefined }

/** Stripe's customers, and the account of the one chosen. */
export async function paymentsPage(world: World, { customer, after }: Where): Promise<Html> {
  const [{ items, more }, names] = await Promise.all([listSubscribers(world, after), productNames(world)])
  const account = customer === undefined ? undefined : await readAccount(world, customer)
  const last = items.at(-1)?.customer.id
  return html`<main class="panes ${customer !== undefined && 'has-detail'}">
    <aside class="list-pane" aria-label="Stripe customers">
      <div class="pane-head">
        <h1>Customers</h1>
        <a class="button primary" href="/payments/new">${icons.plus}<span>New customer</span></a>
      </div>
      <div id="customers" class="rows" data-live="keyed">
        ${items.length === 0 && html`<p class="hint" data-key="none">Stripe has no customers yet. Create one with a plan and its first invoice is paid at once.</p>`}
        ${items.map((item) => row(item, names, customer))}
        ${more && html`<a class="more" data-key="more" href="/payments?${new URLSearchParams({ after: last ?? '' }).toString()}">Older customers</a>`}
      </div>
    </aside>
    ${customer === undefined ? welcome(items.length > 0) : account ? accountView(account, names, world.clock.now()) : missing(customer)}
  </main>`
}

function row({ customer, subscriptions }: Subscriber, names: Map<string, string>, chosen: string | undefined): Html {
  const [subscription] = subscriptions
  const name = customer.name || customer.email || customer.id
  return html`<a
    class="row"
    data-key="${customer.id}"
    href="/payments/${customer.id}"
    ${customer.id === chosen && html`aria-current="true"`}
  >
    ${avatar(customer.name ?? '', customer.email ?? customer.id)}
    <span class="row-main"
      ><span class="row-title">${name}</span
      ><span class="row-sub">${subscription ? planText(subscription, names) : 'no subscription'}</span></span
    >
    <span class="row-end">${subscription && statusTag(subscription.status)}</span>
  </a>`
}

function welcome(anyone: boolean): Html {
  return html`<section class="detail empty" aria-label="Account">
    ${icons.card}
    <h2>${anyone ? 'Choose a customer' : 'No customers yet'}</h2>
    <p>
      ${
        anyone
          ? 'You see their subscription, invoices, charges, refunds and disputes as Stripe holds them, and can make something happen.'
          : 'Create a customer with a plan. Use the address you write mails from, and the desk can connect the two.'
      }
    </p>
    <a class="button primary" href="/payments/new">${icons.plus}<span>New customer</span></a>
  </section>`
}

function missing(id: string): Html {
  return html`<section class="detail empty" aria-label="Account">
    ${icons.card}
    <h2>No such customer</h2>
    <p>Stripe has no customer ${id}.</p>
  </section>`
}
