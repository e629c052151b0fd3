const markup = Symbol('markup')

/** Markup that was built by `html` and needs no further escaping. */
export type Html = { readonly [markup]: string }

type Part = string | number | Html | null | undefined | false | readonly Part[]

/** Template tag: every value put in is escaped, unless it is itself `html`. Customer text can only come in this way. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { [markup]: strings.reduce((all, text, index) => all + render(parts[index - 1]) + text) }
}

export function toMarkup(part: Html): string {
  return part[markup]
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  if (isList(part)) return part.map(render).join('')
  return part[markup]
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part)
}
