import { bareText } from './bare-text.ts'
import { cleanTree, writeTree, type CleanNode } from './clean-tree.ts'

/** Parts a text into what is new and what is quoted; the segments joined are the text. */
export type SplitText = (text: string) => { segments: readonly { kind: string; text: string }[] }

const blocks =
  /^(?:p|div|br|tr|li|table|h[1-6]|blockquote|ul|ol|section|article|header|footer|hr|pre|center|address|figure)$/
const rigid = /^(?:table|thead|tbody|tfoot|tr|ul|ol|dl|colgroup)$/
const forwarded = /^\s*-{2,}\s*\p{L}[\p{L}\s]{4,40}-{2,}/u

/**
 * Sanitised HTML with every quote inside <details>, which opens without a script. Nothing is taken away.
 * The mail program's own marks decide; without marks, `splitText` does on the words. In doubt all is shown.
 */
export function foldQuotes(html: string, splitText: SplitText): { html: string; folded: boolean } {
  const tree = cleanTree(html)
  const words = remembered<CleanNode>((node, again) => hasWords(node) || node.children.some(again))
  const marked = quotedByMarks(tree)
  const quoted = marked.size > 0 ? marked : quotedByWords(tree, splitText)
  const whole = remembered<CleanNode>((node, again) => {
    if (quoted.has(node)) return true
    const spoken = node.children.filter(words)
    return spoken.length > 0 && spoken.every(again)
  })
  if (quoted.size === 0 || !words(tree) || whole(tree)) return { html, folded: false }
  let folded = false
  const written = writeTree(tree, (node, write) => {
    if (rigid.test(node.name)) return node.children.map(write).join('')
    return runs(node.children, whole, words)
      .map((run) => {
        if (!run.quote) return run.nodes.map(write).join('')
        folded = true
        const inside = run.nodes.map((child) => writeTree(child)).join('')
        return `<details class="quoted"><summary>•••</summary>${inside}</details>`
      })
      .join('')
  })
  return { html: written, folded }
}

/** Neighbours that are quotes, blanks between them included, apart from the others. */
function runs(nodes: readonly CleanNode[], whole: (node: CleanNode) => boolean, words: (node: CleanNode) => boolean) {
  const found: { quote: boolean; nodes: CleanNode[] }[] = []
  let blanks: CleanNode[] = []
  const put = (quote: boolean, node: CleanNode) => {
    const last = found.at(-1)
    if (last?.quote === quote) last.nodes.push(...blanks, node)
    else if (quote && last) {
      // A rule right above a quote belongs to it.
      const rule = blanks.findIndex((blank) => blank.name === 'hr')
      const above = rule < 0 ? blanks.length : rule
      last.nodes.push(...blanks.slice(0, above))
      found.push({ quote, nodes: [...blanks.slice(above), node] })
    } else found.push({ quote, nodes: [...blanks, node] })
    blanks = []
  }
  for (const node of nodes) {
    if (words(node)) put(whole(node), node)
    else blanks.push(node)
  }
  if (blanks.length > 0) found.push({ quote: false, nodes: blanks })
  return found
}

function hasWords(node: CleanNode): boolean {
  return node.text.replace(/&nbsp;|\u00a0/g, ' ').trim() !== '' || node.name === 'img'
}

/** The same answer for the same node, found once: trees can be deep. */
function remembered<T extends object>(ask: (value: T, again: (value: T) => boolean) => boolean): (value: T) => boolean {
  const known = new WeakMap<T, boolean>()
  const again = (value: T): boolean => {
    const before = known.get(value)
    if (before !== undefined) return before
    const answer = ask(value, again)
    known.set(value, answer)
    return answer
  }
  return again
}

/** The words of a text node with the blanks around them, which part them from their neighbours. */
function spaced(text: string): string {
  const inner = bareText(text)
  return inner === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`
}

function textOf(node: CleanNode): string {
  return bareText(writeTree(node))
}

function quotedByMarks(tree: CleanNode): Set<CleanNode> {
  const quoted = new Set<CleanNode>()
  let rest = false
  const visit = (node: CleanNode): void => {
    const mark = / data-quote="(block|rest)"/.exec(node.open)?.[1]
    if (mark === 'rest') rest = true
    if (rest && node.children.length === 0) quoted.add(node)
    else if (mark === 'block' && !forwarded.test(textOf(node))) for (const part of quotesIn(node)) quoted.add(part)
    else node.children.forEach(visit)
  }
  visit(tree)
  return quoted
}

/**
 * What of a marked block is quote: all of it, but where somebody answered between the lines of the quote only the quoted
 * lines and what stands above the first.
 */
function quotesIn(block: CleanNode): CleanNode[] {
  if (block.name === 'blockquote') return [block]
  const quotes: CleanNode[] = []
  let isBelow = false
  let isAnswered = false
  const visit = (node: CleanNode): void => {
    if (node.name === 'blockquote') {
      quotes.push(node)
      isBelow = true
    } else if (node.children.length > 0) node.children.forEach(visit)
    else if (!isBelow) quotes.push(node)
    else if (hasWords(node)) isAnswered = true
  }
  block.children.forEach(visit)
  return isAnswered ? quotes : [block]
}

function quotedByWords(tree: CleanNode, splitText: SplitText): Set<CleanNode> {
  const pieces: { node: CleanNode; start: number; end: number }[] = []
  const lines: string[] = []
  let before = 0
  let line = ''
  const newLine = (depth: number) => {
    if (/[^ >]/.test(line)) {
      lines.push(line, '\n')
      before += line.length + 1
    }
    line = '> '.repeat(depth)
  }
  const visit = (node: CleanNode, depth: number): void => {
    const inner = node.name === 'blockquote' ? depth + 1 : depth
    if (blocks.test(node.name)) newLine(inner)
    if (node.text !== '') {
      const start = before + line.length
      line += spaced(node.text)
      if (hasWords(node)) pieces.push({ node, start, end: before + line.length })
    }
    node.children.forEach((child) => visit(child, inner))
    if (blocks.test(node.name)) newLine(depth)
  }
  visit(tree, 0)
  const spans: [number, number][] = []
  let at = 0
  for (const segment of splitText(lines.join('') + line).segments) {
    if (segment.kind === 'quote') spans.push([at, at + segment.text.length])
    at += segment.text.length
  }
  const inQuote = ({ start, end }: { start: number; end: number }) =>
    spans.some(([from, to]) => start >= from - 1 && end <= to + 1)
  return new Set(pieces.filter(inQuote).map((piece) => piece.node))
}
