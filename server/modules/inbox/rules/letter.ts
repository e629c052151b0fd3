import { readHeader } from './header-fields.ts'

/** What a mail says of itself, as against what the servers on its way write above it. */
const ownHeaders = new Set([
  'from',
  'to',
  'cc',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
])

const carriageReturn = 13
const lineFeed = 10
const pieceSize = 65_536

/**
 * The letter inside a raw mail: its own headers, unfolded, and its body with plain line ends. Handed over twice on two ways
 * (by SMTP and out of a mailbox, or through another relay) it is the same, because Received, Delivered-To, signatures and
 * verdicts of the servers are left out. In pieces, so that a hash of a large mail needs no second copy of it.
 */
export function* letterOf(raw: Uint8Array): Generator<string | Uint8Array> {
  const { fields, bodyAt } = readHeader(raw)
  for (const { name, value } of fields) if (ownHeaders.has(name)) yield `${name}:${value.replace(/\s+/g, ' ')}\n`
  yield '\n'
  yield* plainLines(raw.subarray(bodyAt, endOfText(raw, bodyAt)))
}

/** Where the body ends when the line ends after it, which some servers add and others take away, do not count. */
function endOfText(raw: Uint8Array, from: number): number {
  let end = raw.length
  while (end > from && (raw[end - 1] === lineFeed || raw[end - 1] === carriageReturn)) end--
  return end
}

/** The body without carriage returns, in large pieces: one for every line would take a heavy mail a second. */
function* plainLines(body: Uint8Array): Generator<Uint8Array> {
  let piece = new Uint8Array(Math.min(body.length, pieceSize))
  let filled = 0
  for (let from = 0; from < body.length;) {
    const found = body.indexOf(carriageReturn, from)
    const to = Math.min(found === -1 ? body.length : found, from + piece.length - filled)
    piece.set(body.subarray(from, to), filled)
    filled += to - from
    from = to === found ? to + 1 : to
    if (filled < piece.length) continue
    yield piece
    piece = new Uint8Array(Math.min(body.length - from, pieceSize))
    filled = 0
  }
  if (filled > 0) yield piece.subarray(0, filled)
}
