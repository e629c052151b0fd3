import { html, toMarkup, type Html } from './html.ts'
import { icons } from './icons.ts'
import type { World } from './world.ts'

export type Tab = 'mail' | 'payments' | 'product' | 'faults' | 'clock'

const tabs = [
  ['mail', '/', 'Mail', icons.mail],
  ['payments', '/payments', 'Stripe', icons.card],
  ['product', '/product', 'Product', icons.product],
  ['faults', '/faults', 'Faults', icons.bolt],
  ['clock', '/clock', 'Clock', icons.clock],
] as const

type Page = { tab: Tab; title: string; activeFaults: number; body: Html }

/** The whole document around one page of the outside world. */
export function layout(world: World, { tab, title, activeFaults, body }: Page): string {
  const now = new Date(world.clock.now()).toISOString().replace('T', ' ').slice(0, 16)
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · Outside world</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/world/world.css" />
      <script src="/world/world.js" type="module"></script>
    </head>
    <body>
      <header>
        <div class="top">
          <a class="brand" href="/">${icons.world}<span>Outside world</span></a>
          <nav aria-label="Parts of the outside world" id="tabs" data-live>
            ${tabs.map(
              ([id, href, label, icon]) =>
                html`<a href="${href}" ${id === tab && html`aria-current="page"`}
                  >${icon}<span>${label}</span>${
                    id === 'faults' &&
                    activeFaults > 0 &&
                    html`<b class="count" title="faults that are on">${activeFaults}</b>`
                  }</a
                >`,
            )}
          </nav>
          <div class="top-end">
            <a class="now" href="/clock" id="now" data-live title="The clock of the outside world"
              >${now}<span class="muted"> UTC</span></a
            >
            ${world.deskUrl && html`<a class="button" href="${world.deskUrl}" target="_blank">${icons.external}<span>Open the desk</span></a>`}
          </div>
        </div>
        <p class="banner">Everything here is emulated. No mail leaves this machine, no money moves.</p>
      </header>
      ${body}
      <div id="toast" role="status" aria-live="polite"></div>
    </body>
  </html>`
  return `<!doctype html>\n${toMarkup(page)}`
}
