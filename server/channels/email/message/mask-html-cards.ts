import { findCards, maskCards } from '#modules/inbox/ports.ts'

const blocks = /^<\/?(?:p|div|br|tr|td|th|li|table|h[1-6]|blockquote|ul|ol|hr|pre|center|details|summary)\b/
const entities: Record<string, string> = { '&nbsp;': '\u00a0', '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/**
 * Sanitised HTML with the card numbers in its text masked, also those split over several tags. Tags stay as they are; of
 * attributes only words that are read (alt, title) are masked.
 */
export function maskHtmlCards(html: string): { html: string; masked: number } {
  if (!/\d|[０-９]/.test(html)) return { html, masked: 0 }
  const tokens = html.match(/<[^<>]*>|&[a-z]{2,6};|[^<&]+|[<&]/gi) ?? []
  const starts: number[] = []
  let text = ''
  for (const token of tokens) {
    starts.push(text.length)
    const more = words(token)
    // Blocks in a row part their words once.
    if (more !== '\n' || !text.endsWith('\n')) text += more
  }
  const cards = findCards(text)
  let masked = cards.length
  let card = 0
  const written = tokens.map((token, at) => {
    if (token.startsWith('<') && token.length > 1) {
      if (!/ (?:alt|title)="[^"]*\d/.test(token)) return token
      return token.replace(/( (?:alt|title)=")([^"]*)/g, (_, name: string, value: string) => {
        const inside = maskCards(value)
        masked += inside.masked
        return name + inside.text
      })
    }
    const start = starts[at]!
    const length = (starts[at + 1] ?? text.length) - start
    while (card < cards.length && cards[card]!.end <= start) card++
    let left = ''
    let from = start
    // A token can hold the end of one card, whole ones, and the beginning of another.
    for (let index = card; index < cards.length && cards[index]!.start < start + length; index++) {
      const { start: begins, end, mask } = cards[index]!
      left += slice(token, start, from, Math.max(from, begins)) + (begins >= start ? mask : '')
      from = Math.min(start + length, end)
    }
    return from === start ? token : left + slice(token, start, from, start + length)
  })
  return { html: written.join(''), masked }
}

/** What a token is among the words: a block parts them like a line end, any other tag does not. */
function words(token: string): string {
  if (token.startsWith('<') && token.length > 1) return blocks.test(token) ? '\n' : ''
  return entities[token.toLowerCase()] ?? token
}

function slice(token: string, start: number, from: number, to: number): string {
  return token.slice(from - start, to - start)
}
