import { convert } from 'html-to-text'
import { bareText, weighHtml } from './bare-text.ts'

// C0 and C1 controls other than tab and newline, lone surrogates: PostgreSQL refuses NUL, screens misread the rest.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const MAX_HTML_FOR_TEXT = 1_000_000
const MAX_DEPTH = 200
const MAX_TAGS = 20_000

/** A text that PostgreSQL stores and a screen shows: one kind of line end, no control characters. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controls, '').toWellFormed()
}

/** One line of header text. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** Plain text of a mail that came as HTML only; links keep their address, pictures are left out. */
export function textOfHtml(html: string): string {
  const input = html.slice(0, MAX_HTML_FOR_TEXT)
  const { depth, tags } = weighHtml(input)
  if (depth > MAX_DEPTH || tags > MAX_TAGS) return bareText(input)
  try {
    return convert(input, {
      wordwrap: false,
      limits: { maxInputLength: MAX_HTML_FOR_TEXT },
      selectors: [
        { selector: 'img', format: 'skip' },
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
        { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
        { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
        { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      ],
    }).trim()
  } catch {
    return bareText(input)
  }
}
