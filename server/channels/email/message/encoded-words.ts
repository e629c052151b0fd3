import { decodeText } from './charset.ts'

type Word = { charset: string; bytes: Uint8Array; base64: string | null }
type Piece = string | Word

const start = /=\?([\w.:()+-]{1,60})(?:\*[\w-]{1,20})?\?([bq])\?/giy
const afterWord = /[\s",;:<>()[\]]|=\?/y

/**
 * A header with its encoded words (RFC 2047) written anew in UTF-8, each whole: characters split over words are joined, charsets
 * that the parser does not know are translated, and what is nearly an encoded word is taken for one. They stay encoded, so that
 * what is in them cannot pass for the structure of the header.
 */
export function mendEncodedWords(header: string): string {
  if (!header.includes('=?')) return header
  const groups: (string | Word[])[] = []
  for (const piece of piecesOf(header)) {
    const last = groups.at(-1)
    if (typeof piece === 'string') {
      groups.push(piece)
      continue
    }
    const before = groups.at(-2)
    const joins = typeof last === 'string' && last.trim() === '' && Array.isArray(before)
    const group = Array.isArray(last) ? last : joins ? before : undefined
    if (!group) groups.push([piece])
    else {
      if (joins) groups.pop()
      group.push(piece)
    }
  }
  return groups.map((group) => (typeof group === 'string' ? group : written(group))).join('')
}

function written(words: readonly Word[]): string {
  const text = runs(words)
    .map((run) => {
      const whole = decodeText(bytesOfRun(run), run[0]!.charset)
      if (!whole.includes('\ufffd') || run.length === 1) return whole
      const apart = run.map(({ bytes, charset }) => decodeText(bytes, charset)).join('')
      return count(apart) < count(whole) ? apart : whole
    })
    .join('')
  return `=?utf-8?B?${Buffer.from(text.toWellFormed()).toString('base64')}?=`
}

/** Base64 that was cut in the middle of a group goes on in the next word. */
function bytesOfRun(run: readonly Word[]): Uint8Array {
  const parts: Uint8Array[] = []
  let open = ''
  for (const { bytes, base64 } of run) {
    if (base64 === null || (open === '' && base64.length % 4 === 0)) parts.push(Buffer.from(open, 'base64'), bytes)
    open = base64 === null || (open === '' && base64.length % 4 === 0) ? '' : open + base64
    if (open.endsWith('=') || open.length % 4 === 0) {
      parts.push(Buffer.from(open, 'base64'))
      open = ''
    }
  }
  return Buffer.concat([...parts, Buffer.from(open, 'base64')])
}

function runs(words: readonly Word[]): Word[][] {
  const found: Word[][] = []
  for (const word of words) {
    const last = found.at(-1)
    if (last?.[0]?.charset === word.charset) last.push(word)
    else found.push([word])
  }
  return found
}

function count(text: string): number {
  return text.split('\ufffd').length
}

function piecesOf(header: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let text = 0
  // The next end is looked for once, not from every beginning anew.
  let end = -1
  while (at < header.length) {
    const next = header.indexOf('=?', at)
    if (next < 0) break
    start.lastIndex = next
    const match = start.exec(header)
    if (!match) {
      at = next + 2
      continue
    }
    const inside = next + match[0].length
    if (end < inside) end = endOf(header, inside)
    if (end < 0) break
    if (next > text) pieces.push(header.slice(text, next))
    pieces.push(wordOf((match[1] ?? '').toLowerCase(), match[2] ?? '', header.slice(inside, end)))
    at = Math.min(header.length, end + 2)
    text = at
  }
  if (text < header.length) pieces.push(header.slice(text))
  return pieces
}

/** Where an encoded word ends: at "?=" with nothing of a word behind it, else at the end of a header that was cut. */
function endOf(header: string, from: number): number {
  const first = header.indexOf('?=', from)
  for (let at = first, tries = 0; at >= 0 && tries < 20; at = header.indexOf('?=', at + 1), tries++) {
    afterWord.lastIndex = at + 2
    if (at + 2 === header.length || afterWord.test(header) || !/[0-9a-f]/i.test(header[at + 2] ?? '')) return at
  }
  if (first >= 0) return first
  return header.length - from <= 1_000 && !/[\s?<>]/.test(header.slice(from)) ? header.length : -1
}

function wordOf(charset: string, encoding: string, text: string): Word {
  if (encoding.toLowerCase() !== 'b') return { charset, bytes: quotedPrintable(text), base64: null }
  const base64 = text.replace(/[^A-Za-z0-9+/=]/g, '')
  return { charset, bytes: Buffer.from(base64, 'base64'), base64 }
}

function quotedPrintable(text: string): Uint8Array {
  const plain = text.replace(/=\s+([0-9a-f])/gi, '=$1').replace(/[_\s]/g, ' ')
  const bytes = Buffer.from(plain)
  const done = Buffer.alloc(bytes.length)
  let size = 0
  for (let at = 0; at < bytes.length; at++) {
    const hex = bytes[at] === 0x3d ? /^=([0-9a-f]{2})/i.exec(bytes.toString('latin1', at, at + 3))?.[1] : undefined
    done[size++] = hex ? Number.parseInt(hex, 16) : bytes[at]!
    if (hex) at += 2
  }
  return done.subarray(0, size)
}
