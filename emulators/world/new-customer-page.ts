import { cards } from './cards.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { priceText } from './plan-text.ts'
import { productNames } from './payments-data.ts'
import { starterPlans } from './starter-plans.ts'
import type { World } from './world.ts'

/** The form that makes a Stripe customer with a plan and a card. */
export async function newCustomerPage(world: World): Promise<Html> {
  const [prices, names] = await Promise.all([
    world.stripe.prices.list({ active: true, limit: 100 }),
    productNames(world),
  ])
  const plans = prices.data.filter((price) => price.recurring !== null).reverse()
  const known = new Set(plans.map((price) => price.lookup_key))
  const starters = plans.some((price) => !price.lookup_key?.startsWith('world-'))
    ? []
    : starterPlans.filter(({ id }) => !known.has(id))
  return html`<main class="sheet">
    <div class="sheet-head">
      <a class="back always" href="/payments" aria-label="Back">${icons.back}</a>
      <h1>New customer</h1>
    </div>
    <form class="card" data-action="/world/actions/new-customer">
      <div class="pair">
        <label>Name<input name="name" placeholder="Ann Rivera" autocomplete="off" required /></label>
        <label
          >Email<input name="email" type="email" placeholder="ann@example.com" autocomplete="off" required
        /></label>
      </div>
      <div class="pair">
        <label
          >Plan<select name="plan">
            ${plans.map((price) => html`<option value="${price.id}">${priceText(price, names)}</option>`)}
            ${starters.map(({ id, label }) => html`<option value="${id}">${label}</option>`)}
          </select></label
        >
        <label>Seats<input name="quantity" inputmode="numeric" pattern="[0-9]+" value="1" required /></label>
      </div>
      <label
        >Card<select name="card">
          ${cards.map(([token, label]) => html`<option value="${token}">${label}</option>`)}
        </select></label
      >
      <p class="hint">The first invoice is charged to the card at once, and the desk hears of it by webhook.</p>
      <div class="form-end">
        <a class="button" href="/payments">Cancel</a><button class="button primary">Create customer</button>
      </div>
    </form>
  </main>`
}
