import {
  betweenArrows,
  clockOrYear,
  dateThenAddress,
  decorated,
  endsInVerb,
  nameThenVerb,
  nameVerbDate,
  pronoun,
  startsAttribution,
  verbAlone,
  verbThenName,
  writtenBy,
} from './quote-words.ts'
import { isQuoted } from './quoted-blocks.ts'
import type { Line } from './text-lines.ts'

/** "On …, … wrote:" over one to six lines. `strong`: it cannot be a sentence of the writer. */
export type Attribution = { first: number; last: number; strong: boolean }

const maxSpan = 6
const maxLength = 500
const endsSentence = /^\s*$|[.!?。！？]\s*$/u

/** All attributions of a mail by their first line. They are found from their last line backwards: the nearest start counts. */
export function findAttribution(lines: readonly Line[]): Map<number, Attribution> {
  const found = new Map<number, Attribution>()
  lines.forEach((line, last) => {
    if (line.text.length > maxLength || !/[:：>_*–—-]\s*$/.test(line.text)) return
    if (isQuoted(line) && !verbAlone.test(line.text)) return
    const attribution = endingAt(lines, last)
    if (attribution && !found.has(attribution.first)) found.set(attribution.first, attribution)
  })
  return found
}

function endingAt(lines: readonly Line[], last: number): Attribution | null {
  const line = lines[last]!.text
  if (decorated.test(line) || writtenBy.test(line) || betweenArrows.test(line))
    return { first: last, last, strong: true }
  for (let first = last; first >= Math.max(0, last - maxSpan + 1); first--) {
    const start = lines[first]!.text
    // What the writer says ends with a blank line or a full stop; it is no part of what the mail program wrote below.
    if (first < last && endsSentence.test(start) && !/^\s*</.test(lines[first + 1]!.text)) break
    if (!startsAttribution.test(start) || !/\d/.test(start)) continue
    const whole = lines
      .slice(first, last + 1)
      .map((part) => part.text.trim())
      .join(' ')
      .replace(/\s+/g, ' ')
    if (whole.length > maxLength) break
    const strength = judge(whole)
    if (strength !== null) return { first, last, strong: strength === 'strong' }
  }
  return (nameThenVerb.test(line) || nameVerbDate.test(line)) && !pronoun.test(line)
    ? { first: last, last, strong: true }
    : null
}

function judge(whole: string): 'strong' | 'weak' | null {
  const address = /[^\s<>()]@[^\s<>()]/.test(whole)
  if (endsInVerb.test(whole) || (verbThenName.test(whole) && (address || clockOrYear.test(whole)))) {
    if (pronoun.test(whole)) return 'weak'
    return address || /\d{1,2}\s?[:.h時点]\s?\d{2}/u.test(whole)
      ? 'strong'
      : clockOrYear.test(whole) || /\d{1,2}[./-]\d{1,2}/.test(whole)
        ? 'weak'
        : null
  }
  const dated = dateThenAddress.exec(whole)
  if (!dated) return null
  return dated.groups?.colon && clockOrYear.test(whole) ? 'strong' : 'weak'
}
