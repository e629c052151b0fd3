import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import type { World } from './world.ts'

export type Prefill = { from?: string; name?: string; subject?: string }

/** The form by which anybody of the world writes to the desk. */
export function writePage(world: World, { from, name, subject }: Prefill): Html {
  const people = world.mail.mailbox.people().filter(({ sent }) => sent > 0)
  const back = from ? `/mail/${encodeURIComponent(from)}` : '/'
  return html`<main class="sheet">
    <div class="sheet-head">
      <a class="back always" href="${back}" aria-label="Back">${icons.back}</a>
      <h1>Write a mail</h1>
    </div>
    <form class="card" data-action="/world/actions/write">
      <div class="pair">
        <label
          >Your name<input
            name="fromName"
            value="${name ?? ''}"
            placeholder="Ann Rivera"
            autocomplete="off"
            maxlength="500"
        /></label>
        <label
          >Your address<input
            name="from"
            type="email"
            value="${from ?? ''}"
            placeholder="ann@example.com"
            list="known"
            autocomplete="off"
            required
        /></label>
      </div>
      <datalist id="known">
        ${people.slice(0, 200).map((person) => html`<option value="${person.address}">${person.name}</option>`)}
      </datalist>
      <div class="pair">
        <label>To<input name="to" value="${world.supportAddress}" required /></label>
        <label>Cc<input name="cc" placeholder="nobody" autocomplete="off" /></label>
      </div>
      <label
        >Subject<input
          name="subject"
          value="${subject ?? ''}"
          placeholder="Charged twice in November"
          autocomplete="off"
      /></label>
      <label
        >Message<textarea name="text" rows="9" placeholder="I see two charges of 49.00 …" required></textarea>
      </label>
      <label>Attachment<input name="attachments" type="file" multiple /></label>
      <fieldset>
        <legend>How it is sent</legend>
        <label class="check"
          ><input type="radio" name="manner" value="honest" checked /><span
            >From their own mail server. SPF, DKIM and DMARC pass.</span
          ></label
        >
        <label class="check"
          ><input type="radio" name="manner" value="spoofed" /><span
            >By someone who pretends to be them. Unsigned, from a server that may not speak for the address.</span
          ></label
        >
        <label class="check"
          ><input type="radio" name="manner" value="automatic" /><span
            >By their out-of-office program, marked as an automatic reply.</span
          ></label
        >
      </fieldset>
      <div class="form-end">
        <a class="button" href="${back}">Cancel</a><button class="button primary">Send mail</button>
      </div>
    </form>
  </main>`
}
