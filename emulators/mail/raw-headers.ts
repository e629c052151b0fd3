/** One unfolded header of a raw message, empty when absent; cheap enough for every mail that arrives. */
export function headerValue(raw: Buffer, name: string): string {
  const prefix = `${name.toLowerCase()}:`
  const lines = headerBlock(raw).split(/\r?\n/)
  const start = lines.findIndex((line) => line.toLowerCase().startsWith(prefix))
  if (start === -1) return ''
  let value = lines[start]?.slice(prefix.length) ?? ''
  for (let next = start + 1; /^[ \t]/.test(lines[next] ?? ''); next += 1) value += ` ${lines[next]?.trim()}`
  return value.trim()
}

/** Everything above the empty line that ends the headers. */
function headerBlock(raw: Buffer): string {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((end) => end !== -1)
  return raw.subarray(0, ends.length > 0 ? Math.min(...ends) : raw.length).toString('utf8')
}
