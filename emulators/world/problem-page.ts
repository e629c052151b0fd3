import { html, type Html } from './html.ts'

/** What stands in a page's place when it could not be read, with the reason in words. */
export function problemPage(error: unknown): Html {
  const reason = error instanceof Error ? error.message : String(error)
  return html`<main class="sheet">
    <section class="detail empty">
      <h2>This page could not be read</h2>
      <p>${reason}</p>
      <p>A fault that is on may be the cause.</p>
      <a class="button" href="/faults">See the faults</a>
    </section>
  </main>`
}
