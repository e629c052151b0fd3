/** What the parser feeds with the lines of a body. */
export type LineDecoder = { update(line: Uint8Array): void; finalize(): Promise<ArrayBuffer> }

/** A decoder that does better than the parser's own for this encoding, or undefined. */
export function betterDecoder(encoding: string): LineDecoder | undefined {
  if (encoding.includes('base64')) return gathered(fromBase64)
  if (/^(?:x-)?uue?(?:ncode)?d?$/.test(encoding)) return gathered(fromUu)
  return encoding.includes('quoted-printable') ? undefined : gathered((bytes) => bytes)
}

/** Gathers the lines in one growing block: the parser's own keeps an object for each line, which costs more than the mail. */
function gathered(decode: (bytes: Uint8Array) => Uint8Array): LineDecoder {
  let block = new Uint8Array(1024)
  let size = 0
  return {
    update(line) {
      if (size + line.length + 1 > block.length) {
        const larger = new Uint8Array(Math.max(block.length * 2, size + line.length + 1))
        larger.set(block.subarray(0, size))
        block = larger
      }
      block.set(line, size)
      size += line.length
      block[size++] = 0x0a
    },
    finalize() {
      const bytes = Uint8Array.from(decode(block.subarray(0, size)))
      block = new Uint8Array(0)
      return Promise.resolve(bytes.buffer)
    },
  }
}

/** Prose that is said to be base64 and plainly is not stays as it is. */
function fromBase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const head = text.slice(0, 4_000)
  const pairs = head.match(/[A-Za-z,.;:!?]{1,40} [A-Za-z]/g)?.length ?? 0
  if (pairs >= 2 && pairs > head.length / 200) return bytes
  const end = text.indexOf('=')
  if (end < 0 || (text.length - end < 200 && /^[=\s]*$/.test(text.slice(end)))) return Buffer.from(text, 'base64')
  // Every padded piece ends where its padding does, as some programs pad each line; what follows on that line is none.
  const pieces = text.replace(/(=) .*/g, '$1').split(/=+/)
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')))
}

function fromUu(bytes: Uint8Array): Uint8Array {
  const [file] = uuFiles(Buffer.from(bytes).toString('latin1')).files
  return file ? file.content : bytes
}

/** Files written into a text by uuencode, and the text without them. Only whole ones are taken out. */
export function uuFiles(text: string): { text: string; files: { name: string; content: Uint8Array }[] } {
  const files: { name: string; content: Uint8Array }[] = []
  if (!text.includes('begin ')) return { text, files }
  const lines = text.split('\n')
  const left: string[] = []
  let at = 0
  // Beginnings without an end would each be searched to the end of the text.
  let endless = false
  while (at < lines.length) {
    const name = /^begin [0-7]{3,4} (.{1,200}?)\r?$/.exec(lines[at]!)?.[1]
    const end =
      name === undefined || endless ? -1 : lines.findIndex((line, index) => index > at && /^end\r?$/.test(line))
    const content = end < 0 ? undefined : uuDecode(lines.slice(at + 1, end))
    if (name !== undefined && end < 0) endless = true
    if (name !== undefined && content && files.length < 100) {
      files.push({ name, content })
      at = end + 1
    } else left.push(lines[at++]!)
  }
  return { text: left.join('\n'), files }
}

/** Undefined where the lines are not uuencoded. */
function uuDecode(lines: readonly string[]): Uint8Array | undefined {
  const bytes: number[] = []
  for (const given of lines) {
    const line = given.replace(/\r$/, '')
    if (line === '') continue
    const length = (line.charCodeAt(0) - 32) & 63
    if (!/^[ -`]+$/.test(line) || line.length - 1 < Math.floor((length * 4) / 3)) return undefined
    const before = bytes.length
    for (let at = 1; bytes.length - before < length; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((step) => (line.charCodeAt(at + step) - 32) & 63)
      bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d)
    }
    bytes.length = before + length
  }
  return Uint8Array.from(bytes)
}
