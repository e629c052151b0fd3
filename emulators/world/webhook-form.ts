import { html, type Html } from './html.ts'
import type { WebhookMode } from './stripe-control.ts'

/** How Stripe's webhooks reach the desk. */
export function webhookForm({ duplicate, reorder, delayMs, drop }: WebhookMode): Html {
  return html`<section class="card">
    <h2>Stripe webhooks</h2>
    <form class="stack" data-action="/world/actions/webhooks" id="webhooks">
      <label class="check"
        ><input type="checkbox" name="duplicate" ${duplicate > 0 && html`checked`} /><span
          ><b>Twice</b> — every event is delivered a second time.</span
        ></label
      >
      <label class="check"
        ><input type="checkbox" name="reorder" ${reorder && html`checked`} /><span
          ><b>Out of order</b> — what happens together arrives backwards.</span
        ></label
      >
      <label class="check"
        ><input type="checkbox" name="late" ${delayMs > 0 && html`checked`} /><span
          ><b>Late</b> — by
          <input
            name="seconds"
            class="short"
            inputmode="decimal"
            aria-label="seconds late"
            value="${delayMs > 0 ? delayMs / 1000 : 10}"
          />
          seconds.</span
        ></label
      >
      <label class="check"
        ><input type="checkbox" name="drop" ${drop !== false && drop !== 0 && html`checked`} /><span
          ><b>Dropped</b> — none arrives; the desk must notice by itself.</span
        ></label
      >
      <div class="form-end"><button class="button">Save webhooks</button></div>
    </form>
  </section>`
}
