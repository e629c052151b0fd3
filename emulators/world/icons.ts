import { html, type Html } from './html.ts'

// Outlines from Tabler Icons (MIT), drawn with one stroke at 18 px.
const icon = (paths: Html): Html =>
  html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="18"
    height="18"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths}
  </svg>`

export const icons = {
  world: icon(
    html`<path d="M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0" /><path d="M3.6 9h16.8" /><path d="M3.6 15h16.8" /><path
        d="M11.5 3a17 17 0 0 0 0 18"
      /><path d="M12.5 3a17 17 0 0 1 0 18" />`,
  ),
  mail: icon(
    html`<path d="M3 7a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-10z" /><path
        d="M3 7l9 6l9 -6"
      />`,
  ),
  card: icon(
    html`<path d="M3 8a3 3 0 0 1 3 -3h12a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-12a3 3 0 0 1 -3 -3z" /><path
        d="M3 10h18"
      /><path d="M7 15h.01" /><path d="M11 15h2" />`,
  ),
  product: icon(
    html`<path d="M12 3l8 4.5v9l-8 4.5l-8 -4.5v-9l8 -4.5" /><path d="M12 12l8 -4.5" /><path d="M12 12v9" /><path
        d="M12 12l-8 -4.5"
      />`,
  ),
  bolt: icon(html`<path d="M13 3v7h6l-8 11v-7h-6l8 -11" />`),
  clock: icon(html`<path d="M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0" /><path d="M12 7v5l3 3" />`),
  pencil: icon(html`<path d="M4 20h4l10.5 -10.5a2.828 2.828 0 1 0 -4 -4l-10.5 10.5v4" /><path d="M13.5 6.5l4 4" />`),
  reply: icon(html`<path d="M9 14l-4 -4l4 -4" /><path d="M5 10h11a4 4 0 1 1 0 8h-1" />`),
  back: icon(html`<path d="M5 12h14" /><path d="M5 12l6 6" /><path d="M5 12l6 -6" />`),
  paperclip: icon(
    html`<path d="M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3l6.5 -6.5a3 3 0 0 0 -6 -6l-6.5 6.5a4.5 4.5 0 0 0 9 9l6.5 -6.5" />`,
  ),
  external: icon(
    html`<path d="M12 6h-6a2 2 0 0 0 -2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-6" /><path d="M11 13l9 -9" /><path
        d="M15 4h5v5"
      />`,
  ),
  plus: icon(html`<path d="M12 5v14" /><path d="M5 12h14" />`),
}
