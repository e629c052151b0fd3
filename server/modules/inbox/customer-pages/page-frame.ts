import type { Page } from './serve-pages.ts'

/** Text as it stands between tags and in attributes. */
export const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const style = `:root{color-scheme:light dark;--ink:#16211f;--soft:#5b6b68;--line:#d9e0de;--ground:#f6f8f7;--card:#fff;--accent:#0f6b62}
@media (prefers-color-scheme:dark){:root{--ink:#e6edeb;--soft:#9fb0ac;--line:#33403d;--ground:#161d1b;--card:#1f2826;--accent:#4fb8aa}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:12vh auto 2rem;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:8px}
.company{margin:0 0 1.5rem;color:var(--ink);font-weight:600}h1{font-size:1.25rem;margin:0 0 .25rem}p{color:var(--soft);margin:.25rem 0 1.25rem}
fieldset{border:0;margin:0 0 1.25rem;padding:0}legend{font-weight:600;padding:0;margin-bottom:.5rem}
.scores{display:grid;gap:.5rem}label.score{display:flex;gap:.75rem;align-items:center;padding:.6rem .75rem;border:1px solid var(--line);border-radius:6px;cursor:pointer}
label.score:has(:checked){border-color:var(--accent);outline:1px solid var(--accent)}
textarea{width:100%;min-height:5rem;padding:.6rem;border:1px solid var(--line);border-radius:6px;background:transparent;color:inherit;font:inherit}
button{margin-top:1rem;padding:.65rem 1.1rem;border:0;border-radius:6px;background:var(--accent);color:#fff;font:inherit;font-weight:600;cursor:pointer}
@media (prefers-color-scheme:dark){button{color:#0c1413}}input:focus-visible,textarea:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:480px){main{margin:0;border:0;border-radius:0;min-height:100vh}}`

/** A whole page around this body, which is HTML; on top stands whose page it is. */
export function frame(company: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(company)}</title><style>${style}</style></head><body><main><p class="company">${escape(company)}</p>${body}</main></body></html>`
}

export function messagePage(company: string, title: string, text: string): string {
  return frame(company, `<h1>${escape(title)}</h1><p>${escape(text)}</p>`)
}

/** For a token that leads to nothing. */
export function brokenLinkPage(company: string): Page {
  const html = messagePage(company, 'This link does not work', 'It may have been cut off. Open it from the mail again.')
  return { status: 404, html }
}
