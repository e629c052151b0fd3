const closedByThemselves =
  /^(?:p|li|td|th|tr|dt|dd|br|img|hr|meta|link|input|col|area|base|wbr|option|tbody|thead|tfoot|!|\?)/i
const silent = /^(?:script|style|title|head|template|svg|math)$/i
const breaks = /^\/?(?:p|div|br|tr|li|table|h[1-6]|blockquote|ul|ol|section|article|hr)$/i
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** How deep tags lie in each other and how many there are, by one pass; enough to know what a real parser would cost. */
export function weighHtml(html: string): { depth: number; tags: number } {
  let depth = 0
  let deepest = 0
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    tags++
    if (closedByThemselves.test(html.slice(at + 1, at + 12))) continue
    depth += html[at + 1] === '/' ? -1 : 1
    deepest = Math.max(deepest, depth)
  }
  return { depth: deepest, tags }
}

/** The words of HTML that is too deep or too broken for a real parser: tags out, line breaks for blocks. Linear in its length. */
export function bareText(html: string): string {
  const [before = '', ...pieces] = html.split('<')
  let text = before
  let muted = ''
  for (const piece of pieces) {
    const end = piece.indexOf('>')
    const name = /^\/?[a-z][a-z0-9]*/i.exec(piece.slice(0, 20))?.[0]?.toLowerCase() ?? ''
    if (muted === '' && silent.test(name)) muted = name
    else if (name === `/${muted}`) muted = ''
    else if (muted === '' && breaks.test(name)) text += '\n'
    if (muted === '' && end >= 0) text += piece.slice(end + 1)
    else if (muted === '' && name === '') text += `<${piece}`
  }
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,5}));/gi, (whole, decimal, hex, name) => {
      if (name) return named[String(name).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ''
    })
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
