const lf = 10
const cr = 13

/** "From someone@example.com Mon Nov  2 09:00:00 2026": begins a mail of an mbox when a blank line stands before it. */
export function isFromLine(line: Uint8Array): boolean {
  if (!startsWith(line, 'From ') || line.byteLength > 1000) return false
  const text = latin(line)
  // Somebody, then a date somewhere. A sentence that begins with "From " has no clock time and year.
  return /^From \S.*\b\d{1,2}:\d{2}(:\d{2})?\b.*\b\d{4}\b/.test(text) || /^From \S*@\S*\s*$/.test(text.trimEnd())
}

/** The date in a From_ line, as its text; empty where there is none that can be read. */
export function dateOfFromLine(line: Uint8Array): string {
  const found = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*$/.exec(latin(line).trimEnd())
  return found?.[0] ?? ''
}

export function isBlank(line: Uint8Array): boolean {
  return line.byteLength === 0 || line[0] === lf || (line[0] === cr && (line.byteLength === 1 || line[1] === lf))
}

/** Takes one ">" from a line that was quoted so as not to look like a From_ line: `>From`, and in mboxrd `>>From` too. */
export function unquoteFromLine(line: Uint8Array): Uint8Array {
  let at = 0
  while (line[at] === 62) at++
  return at > 0 && startsWith(line.subarray(at), 'From ') ? line.subarray(1) : line
}

/** The Content-Length that a header line states, as mboxcl has it; undefined for every other line. */
export function contentLengthOf(line: Uint8Array): number | undefined {
  if (line.byteLength > 60 || (line[0] !== 67 && line[0] !== 99)) return undefined
  const stated = /^content-length:\s*(\d{1,9})\s*$/i.exec(latin(line))?.[1]
  return stated === undefined ? undefined : Number(stated)
}

function startsWith(line: Uint8Array, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (line[at] !== text.charCodeAt(at)) return false
  return true
}

function latin(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
