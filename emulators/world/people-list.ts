import type { Person } from '../mail/mailbox.ts'
import { avatar } from './avatar.ts'
import { html, type Html } from './html.ts'
import { icons } from './icons.ts'
import { timeText } from './time-text.ts'

const most = 100

type Options = { chosen: string | undefined; search: string; now: number }

/** Who wrote or was written to, the latest first; `search` narrows it to names and addresses that contain it. */
export function peopleList(people: Person[], { chosen, search, now }: Options): Html {
  const words = search.trim().toLowerCase()
  const found = people.filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(words))
  return html`<aside class="list-pane" aria-label="People">
    <div class="pane-head">
      <h1>People</h1>
      <a class="button primary" href="/write">${icons.pencil}<span>Write a mail</span></a>
    </div>
    ${
      people.length > 12 &&
      html`<form class="search" action="/" method="get" role="search">
        <input type="search" name="q" value="${search}" placeholder="Find a person" aria-label="Find a person" />
      </form>`
    }
    <div id="people" class="rows" data-live="keyed">
      ${
        people.length === 0
          ? html`<p class="hint" data-key="none">Nobody has written yet. People appear here with their first mail.</p>`
          : found.slice(0, most).map((person) => row(person, chosen, now))
      }
      ${people.length > 0 && found.length === 0 && html`<p class="hint" data-key="nobody">Nobody here is called “${search}”.</p>`}
      ${found.length > most && html`<p class="hint" data-key="rest">The latest ${most} of ${found.length} people are shown.</p>`}
    </div>
  </aside>`
}

function row({ address, name, received, sent, lastAt }: Person, chosen: string | undefined, now: number): Html {
  return html`<a
    class="row"
    data-key="${address}"
    href="/mail/${encodeURIComponent(address)}"
    ${address === chosen && html`aria-current="true"`}
  >
    ${avatar(name, address)}
    <span class="row-main"
      ><span class="row-title">${name || address}</span
      ><span class="row-sub">${name ? address : counts(received, sent)}</span></span
    >
    <span class="row-end"
      >${timeText(lastAt, now)}<span class="num" title="${counts(received, sent)}">${received + sent}</span></span
    >
  </a>`
}

function counts(received: number, sent: number): string {
  return `${sent} sent, ${received} received`
}
