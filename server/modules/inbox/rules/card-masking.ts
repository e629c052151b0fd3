/** A card number in a text: `start` and `end` as offsets, `mask` what stands in its place. */
export type FoundCard = { start: number; end: number; mask: string }

type Group = { start: number; end: number; digits: string }

const digit = /[0-9０-９]/
// At most three signs between two groups: a blank, a dash, a blank; or one soft line break.
const separators = String.raw`[ \t\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff\u00ad\u2010-\u2015\u2212._-]{1,3}|[ \t]?\r?\n[ \t]?`
const numbers = new RegExp(String.raw`[0-9０-９]+(?:(?:${separators})[0-9０-９]+)*`, 'gu')
const inAddress = /(?:https?:\/\/|www\.)[^\s<>"']*$/i
/** Leading digits and lengths of the payment cards in use. Source: the schemes' published IIN ranges. */
const schemes: [prefix: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|3095|36|38|39)/, [14, 16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:62|81|82|60)/, [16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
  [/^(?:5018|5019|5020|5038|5893|6304|6759|676[1-3]|56|57|58)/, [13, 14, 15, 16, 17, 18, 19]],
]

/**
 * Card numbers in a text: 13 to 19 digits of a known scheme whose last digit is right (Luhn), written in one piece or in
 * groups with blanks or dashes between them. Other numbers stay: order numbers, and what belongs to a web address.
 */
export function findCards(text: string): FoundCard[] {
  const found: FoundCard[] = []
  for (const run of text.matchAll(numbers)) {
    if (run[0].length < 13) continue
    const groups = groupsOf(run[0], run.index)
    for (let first = 0; first < groups.length; first++) {
      const last = cardFrom(text, groups, first)
      if (last === null) continue
      const digits = joined(groups, first, last)
      found.push({ start: groups[first]!.start, end: groups[last]!.end, mask: `•••• ${digits.slice(-4)}` })
      first = last
    }
  }
  return found
}

/** The text with every card number down to its last four digits. */
export function maskCards(text: string): { text: string; masked: number } {
  const cards = findCards(text)
  if (cards.length === 0) return { text, masked: 0 }
  let done = ''
  let at = 0
  for (const { start, end, mask } of cards) {
    done += text.slice(at, start) + mask
    at = end
  }
  return { text: done + text.slice(at), masked: cards.length }
}

function groupsOf(run: string, offset: number): Group[] {
  return [...run.matchAll(/[0-9０-９]+/gu)].map((match) => ({
    start: offset + match.index,
    end: offset + match.index + match[0].length,
    digits: match[0].normalize('NFKC'),
  }))
}

function joined(groups: readonly Group[], first: number, last: number): string {
  return groups
    .slice(first, last + 1)
    .map(({ digits }) => digits)
    .join('')
}

/** The last group of the card number that begins with this group; the longest counts. */
function cardFrom(text: string, groups: readonly Group[], first: number): number | null {
  let digits = ''
  let best: number | null = null
  for (let last = first; last < groups.length && digits.length < 19; last++) {
    digits += groups[last]!.digits
    if (isCardNumber(digits) && stands(text, groups.slice(first, last + 1))) best = last
  }
  return best
}

/** Whether the digits alone could be a card: scheme, length and check digit. */
export function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false
  return schemes.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) && luhn(digits)
}

/** Doubles every second digit from the right; the sum ends in 0 (ISO/IEC 7812-1). */
function luhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, doubled = false; at >= 0; at--, doubled = !doubled) {
    const value = digits.charCodeAt(at) - 48
    sum += doubled ? (value > 4 ? value * 2 - 9 : value * 2) : value
  }
  return sum % 10 === 0
}

/** Whether these groups stand as a number of their own and are grouped as people group cards. */
function stands(text: string, groups: readonly Group[]): boolean {
  const [start, end] = [groups[0]!.start, groups.at(-1)!.end]
  const [before, after] = [text[start - 1] ?? '', text[end] ?? '']
  if (/[+.,]/.test(before) && (before === '+' || digit.test(text[start - 2] ?? ''))) return false
  if (after === '@' || (/[\p{L}_]/u.test(before) && /[\p{L}_]/u.test(after))) return false
  if (inAddress.test(text.slice(Math.max(0, start - 500), start))) return false
  const between = groups.slice(1).map((group, at) => text.slice(groups[at]!.end, group.start))
  const sizes = groups.map((group) => group.end - group.start)
  // Over a line end or with dots only in the shapes printed on cards; a column of figures is none.
  return between.some((part) => /[\n.]/.test(part)) ? printed.test(sizes.join()) : spoken(sizes)
}

const printed = /^(?:4,4,4,4|4,6,5|4,6,4|8,8|12,4|4,12|8,4,4|4,4,8)$/

/** Groups of four or more, of which only the last may be shorter, or digit by digit: a row of small figures is no card. */
function spoken(sizes: readonly number[]): boolean {
  return sizes.slice(0, -1).every((size) => size >= 4) || sizes.every((size) => size === 1)
}
