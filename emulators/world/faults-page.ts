import { mailFaultKinds, type MailFault } from '../mail/faults.ts'
import { mailFaultWords, stripeFaultKinds, stripeFaultWords, type StripeFaultKind } from './fault-words.ts'
import { html, type Html } from './html.ts'
import type { StripeFault, WebhookMode } from './stripe-control.ts'
import { webhookForm } from './webhook-form.ts'

export type ActiveFaults = { mail: MailFault[]; stripe: StripeFault[]; webhooks: WebhookMode }

/** Every way in which the outside world can misbehave, and which of them are on. */
export function faultsPage(active: ActiveFaults): Html {
  return html`<main class="sheet wide">
    <div class="sheet-head">
      <h1>Faults</h1>
      <p>Each one happens for real: the desk meets it over SMTP and HTTP as it would outside.</p>
    </div>
    <section class="card" id="active" data-live>
      <div class="card-head">
        <h2>On now</h2>
        ${
          active.mail.length + active.stripe.length > 0 &&
          html`<form data-action="/world/actions/clear-faults"><button class="button">Turn all off</button></form>`
        }
      </div>
      ${
        active.mail.length + active.stripe.length === 0
          ? html`<p class="hint">
              Nothing is broken. Turn a fault on below, then send a mail or a refund from the desk and watch.
            </p>`
          : html`<ul class="active">
              ${active.mail.map(activeMail)}${active.stripe.map(activeStripe)}
            </ul>`
      }
    </section>
    <div class="columns">
      <section class="card">
        <h2>Mail servers</h2>
        ${mailFaultKinds.map(mailForm)}
      </section>
      <div class="stack">
        <section class="card">
          <h2>Stripe API</h2>
          ${stripeFaultKinds.map(stripeForm)}
        </section>
        ${webhookForm(active.webhooks)}
      </div>
    </div>
  </main>`
}

function activeMail({ id, kind, recipient, left, struck }: MailFault): Html {
  const whom = recipient ?? 'everybody'
  const times = left === null ? 'until turned off' : `${left} more`
  return html`<li>
    <span class="dot"></span
    ><span class="row-main"
      ><b>Mail: ${mailFaultWords[kind].title}</b
      ><span class="muted">for ${whom} · ${times} · struck ${struck}</span></span
    >
    <form data-action="/world/actions/remove-mail-fault">
      <input type="hidden" name="id" value="${id}" /><button class="button">Turn off</button>
    </form>
  </li>`
}

function activeStripe({ id, kind, match, times, hits, decline_code }: StripeFault): Html {
  const what =
    [match.method, match.path].filter(Boolean).join(' ') || (kind === 'decline' ? 'any payment' : 'any request')
  const why = kind === 'decline' && decline_code ? ` (${decline_code})` : ''
  return html`<li data-id="${id}">
    <span class="dot"></span
    ><span class="row-main"
      ><b>Stripe: ${stripeFaultWords[kind].title}${why}</b
      ><span class="muted">${what} · ${times - hits} more · struck ${hits}</span></span
    >
    <form data-action="/world/actions/clear-stripe-faults"><button class="button">Turn off</button></form>
  </li>`
}

function mailForm(kind: MailFault['kind']): Html {
  const { title, says } = mailFaultWords[kind]
  const bare = kind === 'refuse_connection'
  return html`<form class="fault" data-action="/world/actions/add-mail-fault">
    <input type="hidden" name="kind" value="${kind}" />
    <div class="fault-words">
      <b>${title}</b>
      <p>${says}</p>
    </div>
    <div class="fault-fields">
      ${!bare && html`<label>For<input name="recipient" placeholder="everybody" autocomplete="off" title="An address, or @domain" /></label>`}
      <label
        >Times<input
          name="times"
          class="short"
          inputmode="numeric"
          pattern="[0-9]*"
          placeholder="${kind === 'greylist' ? '1' : 'always'}"
          autocomplete="off"
      /></label>
      ${kind === 'slow' && html`<label>Delay (s)<input name="seconds" class="short" inputmode="decimal" value="3" /></label>`}
      <button class="button">Turn on</button>
    </div>
  </form>`
}

function stripeForm(kind: StripeFaultKind): Html {
  const { title, says } = stripeFaultWords[kind]
  return html`<form class="fault" data-action="/world/actions/add-stripe-fault">
    <input type="hidden" name="kind" value="${kind}" />
    <div class="fault-words">
      <b>${title}</b>
      <p>${says}</p>
    </div>
    <div class="fault-fields">
      ${
        kind === 'decline'
          ? html`<label
              >Because<select name="decline_code">
                <option value="generic_decline">the bank says no</option>
                <option value="insufficient_funds">insufficient funds</option>
                <option value="expired_card">the card expired</option>
                <option value="stolen_card">the card is stolen</option>
              </select></label
            >`
          : html`<label
              >On<select name="path">
                <option value="">any request</option>
                <option value="/v1/refunds">refunds</option>
                <option value="/v1/credit_notes">credit notes</option>
                <option value="/v1/payment_intents">payments</option>
                <option value="/v1/invoices">invoices</option>
              </select></label
            >`
      }
      <label
        >Times<input name="times" class="short" inputmode="numeric" pattern="[0-9]*" value="1" autocomplete="off"
      /></label>
      ${kind === 'slow' && html`<label>Delay (s)<input name="seconds" class="short" inputmode="decimal" value="3" /></label>`}
      <button class="button">Turn on</button>
    </div>
  </form>`
}
