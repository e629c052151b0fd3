import type { Account } from '../product/books.ts'
import type { ReceivedCall } from '../product/calls.ts'
import { productFaultKinds, productFaultWords, type ProductFault } from '../product/faults.ts'
import { html, type Html } from './html.ts'
import { statusTag } from './status-tag.ts'
import { timeText } from './time-text.ts'
import type { World } from './world.ts'

/** The customer's own product: its accounts, what the desk asked of it, and how it can misbehave. */
export async function productPage(world: World): Promise<Html> {
  const list = async <T>(what: string) => (await world.control<{ items: T[] }>('GET', `/product/${what}`)).items
  const [accounts, calls, faults] = await Promise.all([
    list<Account>('accounts'),
    list<ReceivedCall>('calls'),
    list<ProductFault>('faults'),
  ])
  const now = world.clock.now()
  return html`<main class="sheet wide">
    <div class="sheet-head">
      <h1>The company's own product</h1>
      <p>The desk asks it to change accounts by signed calls, and hears of every change by webhook.</p>
    </div>
    <section class="card" id="accounts" data-live aria-label="Accounts">
      <h2>Accounts</h2>
      ${accountsTable(accounts, now)}
    </section>
    <section class="card" id="calls" data-live aria-label="Calls received">
      <h2>Calls received</h2>
      ${callsTable(calls, now)}
    </section>
    <section class="card" id="product-faults" data-live>
      <h2>Faults</h2>
      ${faultsPart(faults)}
    </section>
  </main>`
}

function accountsTable(accounts: readonly Account[], now: number): Html {
  if (accounts.length === 0)
    return html`<p class="hint">No accounts yet. The demo opens some; the control API opens more.</p>`
  return html`<table>
    <thead>
      <tr>
        <th>Account</th>
        <th class="lesser">Whose</th>
        <th>Plan</th>
        <th class="amount">Seats</th>
        <th>Access</th>
        <th class="lesser">Changed</th>
      </tr>
    </thead>
    <tbody>
      ${accounts.map(
        ({ key, name, email, plan, seats, seatsUsed, access, at }) =>
          html`<tr>
            <td>${name}<br /><span class="muted">${key}</span></td>
            <td class="lesser">${email}</td>
            <td>${plan}</td>
            <td class="amount">${seatsUsed} of ${seats}</td>
            <td>${statusTag(access)}</td>
            <td class="lesser">${timeText(at, now)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function callsTable(calls: readonly ReceivedCall[], now: number): Html {
  if (calls.length === 0) return html`<p class="hint">None yet. Run a product action beside a ticket in the desk.</p>`
  return html`<table>
    <thead>
      <tr>
        <th>When</th>
        <th>What</th>
        <th>Account</th>
        <th class="id lesser">Operation</th>
        <th>Answer</th>
      </tr>
    </thead>
    <tbody>
      ${calls.map(
        ({ at, asks, action, key, operation, answer, said }) =>
          html`<tr>
            <td>${timeText(at, now)}</td>
            <td>${asks === 'act' ? action.replaceAll('_', ' ') : 'what became of it'}</td>
            <td>${key}</td>
            <td class="id lesser">${operation}</td>
            <td>${answer === null ? 'connection cut' : `${String(answer)} ${said}`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function faultsPart(faults: readonly ProductFault[]): Html {
  return html`${
      faults.length > 0 &&
      html`<ul class="active">
        ${faults.map(
          ({ kind, times }) =>
            html`<li>
              <span class="dot"></span
              ><span class="row-main"><b>${productFaultWords[kind]}</b><span class="muted">${times} more</span></span>
            </li>`,
        )}
      </ul>`
    }
    <form class="fault" data-action="/world/actions/add-product-fault">
      <div class="fault-words"><p>The next calls of the desk meet it, the oldest fault first.</p></div>
      <div class="fault-fields">
        <label
          >Fault<select name="kind" class="long">
            ${productFaultKinds.map((kind) => html`<option value="${kind}">${productFaultWords[kind]}</option>`)}
          </select></label
        >
        <label
          >Times<input name="times" class="short" inputmode="numeric" pattern="[0-9]*" value="1" autocomplete="off"
        /></label>
        <button class="button">Turn on</button>
      </div>
    </form>
    ${faults.length > 0 && html`<form data-action="/world/actions/clear-product-faults"><button class="button">Turn all off</button></form>`}`
}
