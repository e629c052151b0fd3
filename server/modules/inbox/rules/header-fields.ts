export type HeaderField = { name: string; value: string }

const carriageReturn = 13
const lineFeed = 10

/** The header of a raw mail, unfolded and byte for byte (latin1), with names in lower case; and where its body begins. */
export function readHeader(raw: Uint8Array): { fields: HeaderField[]; bodyAt: number } {
  const { head, bodyAt } = splitHead(raw)
  const fields: HeaderField[] = []
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() })
  }
  return { fields, bodyAt }
}

function splitHead(raw: Uint8Array): { head: string; bodyAt: number } {
  for (let at = raw.indexOf(lineFeed); at !== -1; at = raw.indexOf(lineFeed, at + 1)) {
    const next = raw[at + 1] === carriageReturn ? at + 2 : at + 1
    if (raw[next] === lineFeed) return { head: latin1(raw.subarray(0, at)), bodyAt: next + 1 }
  }
  return { head: latin1(raw), bodyAt: raw.length }
}

/** In pieces that an argument list holds. */
function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
