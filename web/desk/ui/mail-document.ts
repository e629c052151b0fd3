type Look = { dark: boolean; origin: string; allowRemote: boolean; fontUrl?: string }

/** Whether a mail brings colours of its own; such a mail is shown on white in both themes, since its ink may be black. */
export function bringsColours(html: string): boolean {
  return /\bbgcolor\b|background(-color|-image)?\s*:|(^|[;"'\s])color\s*[:=]/i.test(html)
}

/**
 * The document around sanitised mail HTML. Its own content policy allows no script, no form, no frame, and remote images only
 * when asked; links open in a new tab without a referrer.
 */
export function mailDocument(html: string, { dark, origin, allowRemote, fontUrl }: Look): string {
  const images = `${origin} data: blob:${allowRemote ? ' https: http:' : ''}`
  const [ink, link] = dark ? ['#e6ebeb', '#5cc0b9'] : ['#182022', '#0b6767']
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src ${origin}; img-src ${images}">
<style>
${fontUrl ? `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(${fontUrl}) format('woff2')}` : ''}
:root{color-scheme:${dark ? 'dark' : 'light'}}
html,body{margin:0;padding:0;background:transparent}
body{font:14.5px/1.55 'Inter Variable',Inter,system-ui,sans-serif;color:${ink};overflow-wrap:anywhere;overflow-x:auto;overflow-y:hidden}
img{max-width:100%;height:auto}
a{color:${link}}
pre{white-space:pre-wrap}
table{max-width:100%}
blockquote{margin:0 0 0 2px;padding-left:12px;border-left:2px solid ${dark ? '#414b4e' : '#c8cfd0'}}
p{margin:0 0 .8em}
details.quoted{margin:.4em 0}
details.quoted>summary{display:inline-block;padding:0 8px;border-radius:4px;background:${dark ? '#2a3133' : '#eceff0'};color:${dark ? '#b4bfc1' : '#465255'};font-size:12px;line-height:20px;list-style:none;cursor:pointer}
details.quoted>summary::-webkit-details-marker{display:none}
details.quoted[open]>summary{margin-bottom:8px}
body>:last-child,body>:last-child>:last-child{margin-bottom:0}
</style></head><body>${html}</body></html>`
}
