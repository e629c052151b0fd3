import { parseMail } from '../mail/parsed-mail.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { letter } from './letter.ts'
import { peopleList } from './people-list.ts'
import type { World } from './world.ts'

const shown = 60

/** Who there is, and the correspondence of the person chosen. */
export async function mailPage(world: World, address: string | undefined, search = ''): Promise<Html> {
  const people = world.mail.mailbox.people()
  const chosen = address?.toLowerCase()
  const pane = chosen === undefined ? welcome(world, people.length > 0) : await correspondence(world, chosen)
  const now = world.clock.now()
  return html`<main class="panes ${chosen !== undefined && 'has-detail'}">
    ${peopleList(people, { chosen, search, now })}${pane}
  </main>`
}

async function correspondence(world: World, address: string): Promise<Html> {
  const { mailbox } = world.mail
  const name = mailbox.nameOf(address)
  const all = mailbox.of(address, 'all')
  const mails = await Promise.all(all.slice(-shown).map(parseMail))
  const now = world.clock.now()
  return html`<section class="detail" aria-label="Mail of ${name || address}">
    <div class="pane-head">
      <a class="back" href="/" aria-label="Back to people">${icons.back}</a>
      <div class="who">
        <h2>${name || address}</h2>
        ${name && html`<span class="muted">${address}</span>`}
      </div>
      <a class="button" href="/write?${new URLSearchParams({ from: address, name }).toString()}"
        >${icons.pencil}<span>Write as this person</span></a
      >
    </div>
    <div class="letters" id="letters" data-live="keyed">
      ${all.length > shown && html`<p class="hint" data-key="more">The latest ${shown} of ${all.length} mails are shown.</p>`}
      ${mails.length === 0 && html`<p class="hint" data-key="none">No mail here. Write one as this person, or wait for the desk to answer.</p>`}
      ${mails.map((mail, index) => letter(mail, { owner: address, open: index >= mails.length - 2, now }))}
    </div>
  </section>`
}

function welcome(world: World, anyone: boolean): Html {
  return html`<section class="detail empty" aria-label="Mail">
    ${icons.mail}
    <h2>${anyone ? 'Choose a person' : 'Begin as a customer'}</h2>
    <p>
      ${
        anyone
          ? 'You see what they wrote to the desk and what they received, and can answer in their name.'
          : `Write the first mail to ${world.supportAddress}. The desk turns it into a ticket; its answers arrive here, in the mailbox of whoever you wrote as.`
      }
    </p>
    <a class="button primary" href="/write">${icons.pencil}<span>Write a mail</span></a>
  </section>`
}
