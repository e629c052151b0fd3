import type { Stripe } from 'stripe'
import { html, type Html } from '../../world/html.ts'
import { spoken } from '../engine/money.ts'
import { spokenDay } from '../engine/periods.ts'
import type { PortalView } from './view.ts'

const REASONS: Record<string, string> = {
  customer_service: 'Customer service was not what I expected',
  low_quality: 'The quality was not what I expected',
  missing_features: 'I miss features',
  other: 'Another reason',
  switched_service: 'I use something else now',
  too_complex: 'It is too complicated',
  too_expensive: 'It is too expensive',
  unused: 'I do not use it enough',
}

/** One subscription with what it costs, when it goes on or ends, and the forms the configuration, or the flow, has for it. */
export function subscriptionCard(view: PortalView, subscription: Stripe.Subscription): Html {
  const { id, status, cancel_at, cancel_at_period_end: atEnd, schedule } = subscription
  const { subscription_cancel: cancel, subscription_pause: pause } = view.configuration.features
  const end = subscription.items.data[0]?.current_period_end ?? subscription.created
  const only = view.session.flow?.type
  const isFree = schedule === null
  const shows = (type: string) => isFree && (only === undefined || only === type)
  return html`<div class="card">
    ${subscription.items.data.map((item) => html`<p>${lineWords(view, subscription, item)}</p>`)}
    <p class="muted">${stateWords(status, cancel_at, end)}</p>
    ${!isFree && html`<p class="muted">Its changes are planned already; ask us to change them.</p>`}
    ${shows('subscription_update') && status !== 'paused' && planForm(view, subscription)}
    ${pause.enabled && shows('subscription_pause') && status === 'active' && button(view, id, 'pause', 'Pause')}
    ${pause.enabled && isFree && status === 'paused' && button(view, id, 'resume', 'Resume')}
    ${cancel.enabled && shows('subscription_cancel') && cancel_at === null && cancelForm(view, id, cancel)}
    ${cancel.enabled && isFree && atEnd && button(view, id, 'keep', 'Keep the subscription')}
  </div>`
}

function stateWords(status: string, cancelAt: number | null, end: number): string {
  if (status === 'paused') return 'paused, nothing is billed'
  return cancelAt === null
    ? `${status}, next renewal on ${spokenDay(end)}`
    : `${status}, ends on ${spokenDay(cancelAt)}`
}

const button = ({ address }: PortalView, id: string, action: string, words: string): Html =>
  html`<form method="post" action="${address}/${action}">
    <input type="hidden" name="subscription" value="${id}" />
    <button>${words}</button>
  </form>`

function planForm(view: PortalView, subscription: Stripe.Subscription): Html | false {
  const prices = view.plans.get(subscription.id) ?? []
  const item = subscription.items.data[0]
  const counts = view.configuration.features.subscription_update.default_allowed_updates.includes('quantity')
  if (!item || prices.length === 0) return false
  return html`<form method="post" action="${view.address}/plan">
    <input type="hidden" name="subscription" value="${subscription.id}" />
    <label
      >Plan
      <select name="price">
        ${prices.map((price) => html`<option value="${price.id}">${priceWords(view, price)}</option>`)}
      </select>
    </label>
    ${
      counts &&
      item.quantity !== undefined &&
      html`<label
        >Quantity
        <input name="quantity" type="number" min="1" max="999999" value="${item.quantity}" />
      </label>`
    }
    <button>Change the plan</button>
  </form>`
}

function lineWords(view: PortalView, { currency }: Stripe.Subscription, { price, quantity }: Stripe.SubscriptionItem) {
  const count = quantity === undefined || quantity === 1 ? '' : `${quantity} × `
  return `${count}${price.currency === currency ? priceWords(view, price) : nameOf(view, price)}`
}

const nameOf = ({ products }: PortalView, { product }: Stripe.Price) => products.get(String(product)) ?? 'Product'

function priceWords(view: PortalView, price: Stripe.Price): string {
  const { interval = 'month', interval_count: every = 1 } = price.recurring ?? {}
  if (price.unit_amount === null) return nameOf(view, price)
  const span = every === 1 ? interval : `${every} ${interval}s`
  return `${nameOf(view, price)}, ${spoken(price.unit_amount, price.currency)} every ${span}`
}

function cancelForm(
  view: PortalView,
  id: string,
  { mode, cancellation_reason: reason }: Stripe.BillingPortal.Configuration.Features.SubscriptionCancel,
): Html {
  return html`<form method="post" action="${view.address}/cancel">
    <input type="hidden" name="subscription" value="${id}" />
    ${
      reason.enabled &&
      html`<label
        >Why do you cancel?
        <select name="feedback">
          <option value="">No answer</option>
          ${reason.options.map((option) => html`<option value="${option}">${REASONS[option] ?? option}</option>`)}
        </select>
      </label>`
    }
    <button>${mode === 'immediately' ? 'Cancel now' : 'Cancel at the end of the period'}</button>
  </form>`
}
