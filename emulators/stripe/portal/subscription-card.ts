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

/** One subscription with what it costs, when it goes on or ends, and the buttons the configuration allows. */
export function subscriptionCard(view: PortalView, subscription: Stripe.Subscription): Html {
  const { id, status, cancel_at, cancel_at_period_end: atEnd, schedule } = subscription
  const cancel = view.configuration.features.subscription_cancel
  const end = subscription.items.data[0]?.current_period_end ?? subscription.created
  const mayEnd = cancel.enabled && schedule === null
  return html`<div class="card">
    ${subscription.items.data.map((item) => html`<p>${lineWords(view, subscription, item)}</p>`)}
    <p class="muted">
      ${cancel_at === null ? `${status}, next renewal on ${spokenDay(end)}` : `${status}, ends on ${spokenDay(cancel_at)}`}
    </p>
    ${schedule !== null && html`<p class="muted">Its changes are planned already; ask us to change them.</p>`}
    ${mayEnd && cancel_at === null && cancelForm(view, id, cancel)}
    ${
      mayEnd &&
      atEnd &&
      html`<form method="post" action="${view.address}/keep">
        <input type="hidden" name="subscription" value="${id}" />
        <button>Keep the subscription</button>
      </form>`
    }
  </div>`
}

function lineWords({ products }: PortalView, { currency }: Stripe.Subscription, item: Stripe.SubscriptionItem): string {
  const { price, quantity } = item
  const name = products.get(String(price.product)) ?? 'Product'
  const count = quantity === undefined || quantity === 1 ? '' : `${quantity} × `
  const { interval = 'month', interval_count: every = 1 } = price.recurring ?? {}
  const unit = price.currency === currency && price.unit_amount !== null ? spoken(price.unit_amount, currency) : null
  return `${count}${name}${unit === null ? '' : `, ${unit} every ${every === 1 ? interval : `${every} ${interval}s`}`}`
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
