import { lines as linesOf, type Line } from './text-lines.ts'
import { findAttribution, type Attribution } from './attribution.ts'
import { isHeaderBlock } from './header-block.ts'
import { attributionInside, forwardedMessage, originalMessage } from './quote-words.ts'
import { quotedBlocks, isQuoted } from './quoted-blocks.ts'
import { signatureStart } from './reply-signature.ts'

export type ReplySegment = { kind: 'reply' | 'quote' | 'signature'; text: string }

export type SplitReply = {
  /** In the order of the mail; joined they are the mail, character for character. */
  segments: ReplySegment[]
  /** What is new, without the signature. */
  reply: string
  quote: string
  signature: string
}

type Span = { start: number; end: number }

const maxHeadings = 14

/**
 * Parts what the sender wrote from what their mail program repeated. When in doubt the text is shown:
 * a quote left in the reply costs a glance, a sentence folded away costs an answer.
 * `isReply: false` says that the mail answers nothing, so nothing in it is a quote.
 */
export function splitReply(text: string, options: { sender?: string; isReply?: boolean } = {}): SplitReply {
  const quotes = options.isReply === false ? [] : findQuotes(text)
  const visible = segmentsOf(text, quotes)
  const shown = visible.some((segment) => segment.kind === 'reply' && segment.text.trim() !== '')
  const segments = withSignature(shown ? visible : segmentsOf(text, []), options.sender ?? '')
  const join = (kind: ReplySegment['kind']) =>
    segments
      .filter((segment) => segment.kind === kind)
      .map((segment) => segment.text)
      .join('')
  return { segments, reply: join('reply'), quote: join('quote'), signature: join('signature') }
}

function findQuotes(text: string): Span[] {
  const lines = linesOf(text)
  const quotes: Span[] = []
  const attributions = findAttribution(lines)
  const blocks = new Map(quotedBlocks(lines).map((block) => [block.first, block]))
  const theRest = (at: number) => ({ start: dividerBefore(lines, at, quotes.at(-1)?.end ?? 0), end: text.length })
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    if (forwardedMessage.test(line.text)) break
    if (!isQuoted(line) && (originalMessage.test(line.text) || isHeaderBlock(lines, at))) {
      const below = markedBelow(lines, at, blocks)
      if (below === null) return [...quotes, theRest(at)]
      quotes.push({ start: theRest(at).start, end: lines[below]!.end })
      at = below + 1
      continue
    }
    const attribution = attributions.get(at)
    const attributed = attribution && blocks.get(nextFilled(lines, attribution.last + 1))
    if (!attributed && attribution && endsTheMail(attribution, lines)) return [...quotes, theRest(at)]
    const block = attributed ?? blocks.get(at)
    const inside = insideLine(lines, at)
    if (block && (attributed || block.counts || followsQuote(quotes, line, text))) {
      quotes.push({ start: line.start, end: lines[block.last]!.end })
      at = block.last
    } else if (inside !== null) {
      quotes.push({ start: inside, end: line.end })
    }
    at++
  }
  return quotes
}

/** The last line of a marked quote right below these headings. With marks nothing else is a quote: an answer may follow. */
function markedBelow(
  lines: readonly Line[],
  from: number,
  blocks: ReadonlyMap<number, { last: number }>,
): number | null {
  let at = from
  while (at < lines.length && at < from + maxHeadings && !isQuoted(lines[at]!)) {
    const { text } = lines[at]!
    if (text.trim() !== '' && at > from && !isHeading(text)) return null
    at++
  }
  return blocks.get(at)?.last ?? null
}

function isHeading(text: string): boolean {
  return originalMessage.test(text) || /^\s{0,8}[*_]{0,2}[\p{L} -]{1,30}[*_]{0,2}\s{0,2}[:：]/u.test(text)
}

function nextFilled(lines: readonly Line[], from: number): number {
  let at = from
  while (at < lines.length && lines[at]!.text.trim() === '') at++
  return at
}

/** Nothing marks the quote: it is believed only when the attribution could not be a sentence of the writer. */
function endsTheMail(attribution: Attribution, lines: readonly Line[]): boolean {
  return attribution.strong && nextFilled(lines, attribution.last + 1) < lines.length
}

function followsQuote(quotes: readonly Span[], line: Line, text: string): boolean {
  const last = quotes.at(-1)
  return last !== undefined && text.slice(last.end, line.start).trim() === ''
}

function insideLine(lines: readonly Line[], at: number): number | null {
  const line = lines[at]!
  if (isQuoted(line) || line.text.length > 2_000) return null
  const found = attributionInside.exec(line.text)
  if (!found || found.index === 0) return null
  const next = lines[nextFilled(lines, at + 1)]
  return next && isQuoted(next) ? line.start + found.index : null
}

/** A line of dashes or underscores above a header block belongs to the quote. */
function dividerBefore(lines: readonly Line[], at: number, from: number): number {
  let index = at - 1
  while (index >= 0 && lines[index]!.text.trim() === '') index--
  const divider = lines[index]
  if (divider && divider.start >= from && /^\s*[-_=*–—]{5,}\s*$/.test(divider.text)) return divider.start
  return lines[at]!.start
}

/** Blank lines around a quote go with the quote, so that the reply reads without holes. */
function segmentsOf(text: string, quotes: readonly Span[]): ReplySegment[] {
  const segments: ReplySegment[] = []
  let at = 0
  for (const { start, end } of quotes) {
    const blank = /^(?:[^\S\n]*\r?\n)*/.exec(text.slice(end))?.[0].length ?? 0
    if (start > at) segments.push({ kind: 'reply', text: text.slice(at, start) })
    segments.push({ kind: 'quote', text: text.slice(Math.max(at, start), end + blank) })
    at = end + blank
  }
  if (at < text.length || segments.length === 0) segments.push({ kind: 'reply', text: text.slice(at) })
  return segments.filter((segment) => segment.text !== '')
}

function withSignature(segments: ReplySegment[], sender: string): ReplySegment[] {
  const last = segments.findLastIndex((segment) => segment.kind === 'reply' && segment.text.trim() !== '')
  const segment = segments[last]
  if (!segment) return segments
  const start = signatureStart(segment.text, sender)
  if (start === null) return segments
  const others = segments.slice(0, last).some((other) => other.kind === 'reply' && other.text.trim() !== '')
  if (!others && segment.text.slice(0, start).trim() === '') return segments
  return [
    ...segments.slice(0, last),
    ...(start > 0 ? [{ kind: 'reply' as const, text: segment.text.slice(0, start) }] : []),
    { kind: 'signature', text: segment.text.slice(start) },
    ...segments.slice(last + 1),
  ]
}
