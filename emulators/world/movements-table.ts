import { html, type Html } from './html.ts'
import { statusTag } from './status-tag.ts'
import { dateText } from './time-text.ts'

export type Movement = {
  id: string
  /** Epoch seconds. */
  created: number
  title?: string
  detail: string
  status: string | null
  amount: Html | string
  acts: Html | false
}

/** Money that moved, one line each, with what can be made to happen to it. `now` in epoch ms. */
export function movementsTable(of: { id: string; detail: string }, movements: readonly Movement[], now: number): Html {
  return html`<table>
    <thead>
      <tr>
        <th>Date</th>
        <th class="id">${of.id}</th>
        <th class="lesser">${of.detail}</th>
        <th>Status</th>
        <th class="amount">Amount</th>
        <th><span class="unseen">What can happen</span></th>
      </tr>
    </thead>
    <tbody>
      ${movements.map(
        ({ id, created, title = '', detail, status, amount, acts }) =>
          html`<tr>
            <td>${dateText(created * 1000, now)}</td>
            <td class="id" title="${title}">${id}</td>
            <td class="lesser">${detail}</td>
            <td>${statusTag(status)}</td>
            <td class="amount">${amount}</td>
            <td class="acts">${acts && html`<div class="buttons">${acts}</div>`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** A button that makes one thing happen in the outside world. */
export function actionButton(action: string, fields: Record<string, string>, label: string): Html {
  return html`<form data-action="/world/actions/${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="button small">${label}</button>
  </form>`
}
