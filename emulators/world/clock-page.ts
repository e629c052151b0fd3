import { html, type Html } from './html.ts'
import { offsetText } from './time-text.ts'
import type { World } from './world.ts'

const steps = [
  ['1 hour', 3_600_000],
  ['1 day', 86_400_000],
  ['7 days', 7 * 86_400_000],
  ['31 days', 31 * 86_400_000],
] as const

/** The one clock of the outside world, and the way back to an empty one. */
export function clockPage(world: World): Html {
  const now = new Date(world.clock.now())
  return html`<main class="sheet">
    <div class="sheet-head"><h1>Clock</h1></div>
    <section class="card">
      <div id="clock" data-live class="clock-face">
        <span class="big">${now.toISOString().slice(11, 16)}</span
        ><span
          >${now.toLocaleDateString('en-GB', {
            weekday: 'long',
            day: 'numeric',
            month: 'long',
            year: 'numeric',
            timeZone: 'UTC',
          })} <span class="muted">UTC</span></span
        ><span class="muted">${offsetText(world.clock.offset())}</span>
      </div>
      <p>
        Mails are dated by this clock, and Stripe renews subscriptions and ends its deadlines when it passes them. The
        desk keeps its own time.
      </p>
      <div class="buttons">
        ${steps.map(
          ([label, ms]) =>
            html`<form data-action="/world/actions/move-clock">
              <input type="hidden" name="advanceMs" value="${ms}" /><button class="button">Forward ${label}</button>
            </form>`,
        )}
        <form data-action="/world/actions/move-clock">
          <input type="hidden" name="offsetMs" value="0" /><button class="button">Back to real time</button>
        </form>
      </div>
      <form class="inline-form" data-action="/world/actions/set-clock">
        <label
          >Set to (UTC)<input
            type="datetime-local"
            name="now"
            value="${now.toISOString().slice(0, 16)}"
            required /></label
        ><button class="button">Set the clock</button>
      </form>
    </section>
    <section class="card">
      <h2>Start over</h2>
      <p>
        Forgets every mail, every Stripe object and every fault, and puts the clock back. What the desk has stored stays
        there.
      </p>
      <form data-action="/world/actions/reset" data-confirm="Forget all mail, all of Stripe and all faults?">
        <button class="button danger">Forget everything</button>
      </form>
    </section>
  </main>`
}
