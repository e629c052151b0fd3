import { isAscii, isUtf8 } from 'node:buffer'
import { guessCharset } from './guess-charset.ts'
import { oldCharsets } from './old-charsets.ts'

/** Labels that say nothing, and those that are put on everything. */
const empty =
  /^(?:|us-ascii|ascii|ansi_x3\.4-19\d\d|iso646-us|unknown-8bit|x-unknown|unknown|default|_?default_charset|8bit|binary|none|ansi|utf-?8)$/
const latin1 = /^(?:iso[-_]?8859[-_]1|latin-?1|windows-1252|cp-?1252|x-ansi)$/
const pages: Record<string, string> = {
  '932': 'shift_jis',
  '936': 'gb18030',
  '949': 'euc-kr',
  '950': 'big5',
  '874': 'windows-874',
  '51932': 'euc-jp',
  '54936': 'gb18030',
  '65001': 'utf-8',
  '866': 'ibm866',
}
const others: Record<string, string> = {
  uhc: 'euc-kr',
  tis620: 'windows-874',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  euccn: 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb231280: 'gb18030',
  shiftjis: 'shift_jis',
  sjis: 'shift_jis',
  windows31j: 'shift_jis',
  iso88598i: 'iso-8859-8',
  iso88598e: 'iso-8859-8',
  big5hkscs: 'big5',
  big5eten: 'big5',
}
const known = new Map<string, TextDecoder | null>()

/**
 * Bytes of a mail as text. `label` is what the mail says of its charset, `hint` what another part of it says. A label that is
 * missing, unknown or plainly wrong is replaced by what the bytes are likeliest written in; U+FFFD stands for what fits nothing.
 */
export function decodeText(bytes: Uint8Array, label = '', hint = ''): string {
  const name = label
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase()
  const marked = byMark(bytes)
  if (marked) return marked.decode(bytes)
  const old = oldCharsets.get(name)
  if (old) return isAscii(bytes) || !isUtf8(bytes) ? old(bytes) : utf8.decode(bytes)
  if (isAscii(bytes)) return sevenBit(bytes, name)
  if (empty.test(name) || latin1.test(name)) return unlabelled(bytes, name, hint)
  const decoder = decoderOf(name)
  if (!decoder) return unlabelled(bytes, '', hint)
  const text = decoder.decode(decoder.encoding.startsWith('utf-16') ? bytes.subarray(0, bytes.length & ~1) : bytes)
  if (!text.includes('\ufffd')) return text
  if (isUtf8(bytes)) return utf8.decode(bytes)
  return damage(text) > 0.1 ? (guessed(bytes) ?? text) : text
}

const utf8 = new TextDecoder()

function byMark(bytes: Uint8Array): TextDecoder | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le')
  return a === 0xfe && b === 0xff ? new TextDecoder('utf-16be') : undefined
}

function sevenBit(bytes: Uint8Array, name: string): string {
  if (bytes.includes(0x1b)) {
    const text = utf8.decode(bytes.subarray(0, 4_000))
    // oxlint-disable-next-line no-control-regex
    if (/\u001b\$[@B]|\u001b\([IJ]/.test(text)) return oldCharsets.get('iso-2022-jp')!(bytes)
    if (text.includes('\u001b$)C')) return oldCharsets.get('iso-2022-kr')!(bytes)
  }
  if (bytes.includes(0)) {
    const wide = /^(?:utf-?16|ucs-?2|unicode)/.test(name) ? decoderOf(name) : undefined
    const label = wide ? undefined : guessCharset(bytes)
    if (wide || label) return (wide ?? new TextDecoder(label)).decode(bytes.subarray(0, bytes.length & ~1))
  }
  return utf8.decode(bytes)
}

/** Nothing, ASCII, UTF-8 or Latin-1 is said, and the bytes go beyond ASCII. */
function unlabelled(bytes: Uint8Array, name: string, hint: string): string {
  if (isUtf8(bytes)) return utf8.decode(bytes)
  // One bad byte in a long text of UTF-8, or its end cut off, makes it no other charset.
  const asUtf8 = utf8.decode(bytes)
  if (damage(asUtf8) < 0.3) return asUtf8
  const hinted = hint && !empty.test(hint.toLowerCase()) ? decoderOf(hint.toLowerCase())?.decode(bytes) : undefined
  if (hinted !== undefined && !hinted.includes('\ufffd')) return hinted
  if (latin1.test(name))
    return looksForeign(bytes)
      ? (guessed(bytes) ?? decoderOf('windows-1252')!.decode(bytes))
      : decoderOf('windows-1252')!.decode(bytes)
  return guessed(bytes) ?? asUtf8
}

function guessed(bytes: Uint8Array): string | undefined {
  const label = guessCharset(bytes)
  return label && new TextDecoder(label).decode(bytes)
}

/** Mail of another script under the label that programs put on everything: nearly no ASCII letters and long runs beyond. */
function looksForeign(bytes: Uint8Array): boolean {
  const part = bytes.subarray(0, 4_000)
  let high = 0
  let pairs = 0
  for (let at = 0; at < part.length; at++) {
    if (part[at]! < 0x80) continue
    high++
    if ((part[at + 1] ?? 0) >= 0x80) pairs++
  }
  return high >= 8 && pairs / high > 0.7
}

/** The share of characters beyond ASCII that could not be decoded. */
function damage(text: string): number {
  let beyond = 0
  let bad = 0
  for (const char of text) {
    if (char <= '\u007f') continue
    beyond++
    if (char === '\ufffd') bad++
  }
  return beyond === 0 ? 0 : bad / beyond
}

function decoderOf(name: string): TextDecoder | undefined {
  const before = known.get(name)
  if (before !== undefined) return before ?? undefined
  const bare = name.replace(/^(?:x-|cs)/, '').replace(/[-_:. ]/g, '')
  const page = /^(?:cp|windows|ms|ibm|codepage)(\d{3,5})$/.exec(bare)?.[1] ?? ''
  const decoder = [others[bare], pages[page], page && `windows-${page}`, name, bare, name.replace(/_/g, '-')]
    .map((label) => (label ? tryDecoder(label) : undefined))
    .find((found) => found !== undefined)
  // Mail can make labels up without end.
  if (known.size < 200) known.set(name, decoder ?? null)
  return decoder
}

function tryDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}
