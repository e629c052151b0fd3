/** Beyond these a mail is parked rather than parsed: its raw bytes are kept, and an agent sees why. */
export const mailLimits = {
  maxBytes: 60 * 1024 * 1024,
  maxHeaderBytes: 2 * 1024 * 1024,
  maxNesting: 100,
  maxBoundaryLines: 20_000,
  maxAttachments: 1_000,
  /** Kept per message; a longer text is cut and the cut is said. */
  maxTextChars: 2_000_000,
  maxHtmlChars: 4_000_000,
  maxAddresses: 1_000,
  maxReferences: 200,
}

const NEWLINE = 0x0a
const RETURN = 0x0d

/** How many lines begin so, such as with "--": those could be MIME boundaries, and the parser's work grows with them. */
export function countLineStarts(raw: Uint8Array, start: string): number {
  const wanted = new TextEncoder().encode(start)
  const begins = (at: number) => wanted.every((byte, index) => raw[at + index] === byte)
  let count = begins(0) ? 1 : 0
  for (let at = raw.indexOf(NEWLINE); at >= 0; at = raw.indexOf(NEWLINE, at + 1)) if (begins(at + 1)) count++
  return count
}

/** How many bytes stand before the first empty line; all of them where there is none. */
export function headerBytes(raw: Uint8Array): number {
  for (let at = raw.indexOf(NEWLINE); at >= 0; at = raw.indexOf(NEWLINE, at + 1)) {
    const next = raw[at + 1] === RETURN ? at + 2 : at + 1
    if (raw[next] === NEWLINE) return at
  }
  return raw.byteLength
}
