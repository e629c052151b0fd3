/* oxlint-disable no-control-regex -- these charsets are made of control characters */
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/** Decoders of charsets that appear in mail and that the platform does not know, by their label in lower case. */
export const oldCharsets = new Map<string, (bytes: Uint8Array) => string>([
  ...['utf-7', 'utf7', 'unicode-1-1-utf-7', 'x-unicode-2-0-utf-7', 'csunicode11utf7', 'unicode-2-0-utf-7'].map(
    (label) => [label, (bytes: Uint8Array) => utf7(latin(bytes), '+')] as const,
  ),
  ...['utf-7-imap', 'utf7-imap', 'x-imap4-modified-utf7'].map(
    (label) => [label, (bytes: Uint8Array) => utf7(latin(bytes), '&')] as const,
  ),
  ['hz-gb-2312', hz],
  ['hz', hz],
  ['iso-2022-kr', shifted],
  ['csiso2022kr', shifted],
  ['iso-2022-jp', japanese],
  ['csiso2022jp', japanese],
  ['iso-2022-jp-1', japanese],
  ['iso-2022-jp-2', japanese],
  ['iso-2022-jp-3', japanese],
  ['iso-2022-jp-ms', japanese],
  ['cp50220', japanese],
  ['cp50221', japanese],
  ['utf-32', (bytes) => utf32(bytes, bytes[0] === 0xff)],
  ['utf-32le', (bytes) => utf32(bytes, true)],
  ['utf-32be', (bytes) => utf32(bytes, false)],
  ...['cp437', 'ibm437', '437'].map((label) => [label, (bytes: Uint8Array) => table(bytes, cp437)] as const),
  ...['cp850', 'ibm850', '850', 'cp858'].map((label) => [label, (bytes: Uint8Array) => table(bytes, cp850)] as const),
])

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** RFC 2152 with "+", and the variant of IMAP's folder names (RFC 3501) with "&". */
function utf7(text: string, sign: '+' | '&'): string {
  const pattern = sign === '+' ? /\+([A-Za-z0-9+/]*)-?/g : /&([A-Za-z0-9+,]*)-?/g
  return text.replace(pattern, (_, base64: string) => {
    if (base64 === '') return sign
    const bytes = Buffer.from(base64.replaceAll(',', '/'), 'base64')
    return new TextDecoder('utf-16be').decode(bytes.subarray(0, bytes.length & ~1))
  })
}

/** RFC 1843: GB 2312 between ~{ and ~}, seven bits. */
function hz(bytes: Uint8Array): string {
  return latin(bytes)
    .replace(/~\n/g, '')
    .replace(/~\{([\s\S]*?)(?:~\}|$)|~~/g, (whole, inside?: string) =>
      inside === undefined ? (whole === '~~' ? '~' : '') : high(inside, 'gbk'),
    )
}

/** RFC 1557: KS C 5601 between SO and SI, seven bits. */
function shifted(bytes: Uint8Array): string {
  return latin(bytes)
    .replace(/\u001b\$\)C/g, '')
    .replace(/\u000e([^\u000f\n]*)\u000f?/g, (_, inside: string) => high(inside, 'euc-kr'))
}

/** ISO-2022-JP, with half-width katakana however they were squeezed in: by SO and SI, or as bytes of Shift JIS. */
function japanese(bytes: Uint8Array): string {
  const text = latin(bytes)
    .replace(/\u000e([^\u000f\n\u001b]*)\u000f?/g, '\u001b(I$1\u001b(B')
    .replace(/[\u00a1-\u00df]+/g, (kana) => `\u001b(I${lowered(kana)}\u001b(B`)
    // JIS X 0213 and ASCII variants of the same rows.
    .replace(/\u001b\$\(([QO])/g, '\u001b$B')
  return new TextDecoder('iso-2022-jp').decode(Buffer.from(text, 'latin1'))
}

function lowered(text: string): string {
  return Buffer.from(Buffer.from(text, 'latin1').map((byte) => byte & 0x7f)).toString('latin1')
}

function high(text: string, charset: string): string {
  const bytes = Buffer.from(text, 'latin1').map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte))
  return new TextDecoder(charset).decode(bytes)
}

function utf32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, little)
    if (code !== 0xfeff) text += code < 0x110000 ? String.fromCodePoint(code) : '\ufffd'
  }
  return text.toWellFormed()
}

function table(bytes: Uint8Array, upper: string): string {
  return latin(bytes).replace(/[\u0080-\u00ff]/g, (char) => upper[char.charCodeAt(0) - 0x80] ?? '\ufffd')
}
