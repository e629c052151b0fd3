import type { Stripe } from 'stripe'
import { html, type Html, toMarkup } from '../../world/html.ts'
import { idOf } from '../engine/context.ts'
import { DONE } from './actions.ts'
import { FLOW_ACTIONS, flowSubscription } from './flows.ts'
import { invoiceList } from './invoice-list.ts'
import { subscriptionCard } from './subscription-card.ts'
import type { PortalView } from './view.ts'

/** What became of the last action: nothing yet, its name when it was done, or the words that refused it. */
type Outcome = { done?: string; refused?: string }

/** The customer's own page: subscriptions, cards, details and invoices, as far as the configuration has them on; or one task of a flow. */
export function portalPage(prefix: string, view: PortalView, outcome: Outcome): string {
  const { session, configuration, customer, subscriptions } = view
  const { features, business_profile: profile } = configuration
  const { flow, return_url: back } = session
  const only = flow?.type
  const about = flowSubscription(flow)
  const shown = about === undefined ? subscriptions : subscriptions.filter(({ id }) => id === about)
  const done = outcome.done !== undefined && Object.hasOwn(DONE, outcome.done) ? DONE[outcome.done] : undefined
  return documentOf(
    prefix,
    'Your subscription',
    html`<h1>${profile.headline ?? 'Your subscription'}</h1>
      <p class="muted">${customer.name ?? customer.email ?? customer.id}</p>
      ${done && html`<p class="done" role="status">${done}</p>`}
      ${outcome.refused && html`<p class="alert" role="alert">${outcome.refused}</p>`}
      ${
        only !== 'payment_method_update' &&
        html`<section aria-labelledby="subscriptions">
          <h2 id="subscriptions">Subscriptions</h2>
          ${shown.length === 0 ? html`<p>There is no running subscription.</p>` : shown.map((sub) => subscriptionCard(view, sub))}
        </section>`
      }
      ${features.payment_method_update.enabled && about === undefined && cards(view)}
      ${features.customer_update.enabled && !only && details(view)}
      ${features.invoice_history.enabled && !only && invoiceList(view.invoices)}
      ${only && html`<p><a href="${view.address}?all=1">To all of your subscription</a></p>`}
      ${back && html`<p><a href="${back}">Back to where you came from</a></p>`}
      <p class="muted">
        ${profile.privacy_policy_url && html`<a href="${profile.privacy_policy_url}">Privacy</a> `}
        ${profile.terms_of_service_url && html`<a href="${profile.terms_of_service_url}">Terms</a>`}
      </p>`,
  )
}

function cards({ address, methods, customer }: PortalView): Html {
  const chosen = customer.invoice_settings.default_payment_method
  const current = chosen === null ? undefined : idOf(chosen)
  const others = methods.filter(({ id }) => id !== current)
  const used = methods.find(({ id }) => id === current)
  return html`<section aria-labelledby="cards">
    <h2 id="cards">Payment method</h2>
    <div class="card">
      <p>${used ? `Invoices are paid with ${words(used)}.` : 'No payment method is set for your invoices.'}</p>
      <form method="post" action="${address}/payment-method">
        <label>
          Pay future invoices with
          <select name="method">
            ${others.map((method) => html`<option value="${method.id}">${words(method)}</option>`)}
            ${TEST_CARDS.map(([token, name]) => html`<option value="${token}">${name}</option>`)}
          </select>
        </label>
        <button>Use this card</button>
      </form>
    </div>
  </section>`
}

const words = ({ card }: Stripe.PaymentMethod) => `${card?.brand ?? 'card'} ending in ${card?.last4 ?? '????'}`
/** Nobody types card numbers into an emulator. */
const TEST_CARDS = [
  ['pm_card_visa', 'A new Visa card'],
  ['pm_card_mastercard', 'A new Mastercard'],
  ['pm_card_chargeCustomerFail', 'A new card that will be declined'],
] as const

function details({ address, customer, configuration }: PortalView): Html {
  const fields = configuration.features.customer_update.allowed_updates as ('email' | 'name' | 'phone')[]
  return html`<section aria-labelledby="details">
    <h2 id="details">Your details</h2>
    <form method="post" action="${address}/details">
      ${fields.map(
        (name) =>
          html`<label
            >${name.slice(0, 1).toUpperCase() + name.slice(1)}
            <input name="${name}" value="${customer[name] ?? ''}" maxlength="200" />
          </label>`,
      )}
      <button>Save</button>
    </form>
  </section>`
}

/** What a flow shows when its task is done and nothing else is to follow. */
export function confirmationPage(prefix: string, { flow, return_url: back }: Stripe.BillingPortal.Session): string {
  const message = flow?.after_completion.hosted_confirmation?.custom_message
  return documentOf(
    prefix,
    'Done',
    html`<h1>Done</h1>
      <p class="done" role="status">${message ?? DONE[FLOW_ACTIONS[flow?.type ?? ''] ?? '']}</p>
      ${back && html`<p><a href="${back}">Back to where you came from</a></p>`}`,
  )
}

export function expiredPage(prefix: string): string {
  return documentOf(
    prefix,
    'This link has expired',
    html`<h1>This link has expired</h1>
      <p>Links to this page are good for a short time only. Ask for a new one.</p>`,
  )
}

function documentOf(prefix: string, title: string, body: Html): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="${prefix}/portal.css" />
    </head>
    <body>
      <p class="emulated">This page is emulated. No money moves.</p>
      <main>${body}</main>
    </body>
  </html>`
  return `<!doctype html>\n${toMarkup(page)}`
}
