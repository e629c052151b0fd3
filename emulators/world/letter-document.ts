/** No script, no form, nothing fetched: a customer's or the desk's markup may only look like something and link out. */
export const letterPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

/** The document inside a letter's frame: the markup of the mail as it came, its links opening outside. */
export function letterDocument(markup: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><meta name="referrer" content="no-referrer">
<style>html{color-scheme:light;background:#fff}body{margin:12px 16px;font:14.5px/1.55 system-ui,sans-serif;color:#1c2422;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style></head>
<body>${markup}</body></html>`
}
