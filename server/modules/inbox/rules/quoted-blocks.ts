import { betweenArrows } from './quote-words.ts'
import type { Line } from './text-lines.ts'

/** Lines `first` to `last` are marked with ">". `counts` is false for a line or two that may just be text. */
export type QuotedBlock = { first: number; last: number; counts: boolean }

export function isQuoted(line: Line): boolean {
  return /^\s{0,3}>/.test(line.text) && !/^\s{0,3}>.*<<+\s*$/.test(line.text) && !betweenArrows.test(line.text)
}

/** Runs of lines marked with ">", with blank lines and wrapped ends of links between them. */
export function quotedBlocks(lines: readonly Line[]): QuotedBlock[] {
  const blocks: QuotedBlock[] = []
  const lastFilled = lines.findLastIndex((line) => line.text.trim() !== '')
  let at = 0
  while (at < lines.length) {
    if (!isQuoted(lines[at]!)) {
      at++
      continue
    }
    const first = at
    let last = at
    while (at < lines.length) {
      if (isQuoted(lines[at]!)) last = at
      else if (!bridges(lines, at, last)) break
      at++
    }
    blocks.push({ first, last, counts: last - first >= (last >= lastFilled ? 1 : 2) })
    at = last + 1
  }
  return blocks
}

/** An unmarked line belongs to the quote when only blank lines part it from more quote, or when it is the rest of a wrapped link. */
function bridges(lines: readonly Line[], at: number, last: number): boolean {
  const text = lines[at]!.text
  const next = lines.slice(at + 1, at + 4).find((line) => line.text.trim() !== '')
  if (!next || !isQuoted(next)) return false
  if (text.trim() === '') return true
  if (at !== last + 1) return false
  const before = lines[last]!.text
  const cut = /[(<][^\s()<>]*:\/\/[^\s()<>]*$/.test(before) && /^[^\s()<>]*[)>]/.test(text)
  const link = /^\s*[(<]?https?:\/\/\S+[)>]?\s*>?\s*$/.test(text)
  return cut || link
}
